/** Defaults of a queue; a call is answered in time at exactly the threshold. */
export const SERVICE_LEVEL_SECONDS = 20
export const SHORT_ABANDON_SECONDS = 5

/** How waits that were answered in time are put in proportion. What is shown is what is computed. */
const formulas = {
  excluding_short_abandoned: {
    shown: 'answered_in_threshold / (answered + abandoned - short_abandoned)',
    whole: 'answered + abandoned - short_abandoned',
  },
  all_offered: { shown: 'answered_in_threshold / (answered + abandoned)', whole: 'answered + abandoned' },
  answered_only: { shown: 'answered_in_threshold / answered', whole: 'answered' },
} as const
export type ServiceLevelFormula = keyof typeof formulas

/** Of counts named as the formula names them: percent, threshold and formula as JSON. `formula` is SQL that gives a name. */
export function serviceLevel(formula: string, threshold: string): string {
  const branches = (value: (one: { shown: string; whole: string }) => string) =>
    Object.entries(formulas)
      .map(([name, one]) => `WHEN '${name}' THEN ${value(one)}`)
      .join(' ')
  return `jsonb_build_object(
    'percent', round(100.0 * in_threshold / nullif(CASE ${formula} ${branches(({ whole }) => whole)} END, 0), 2),
    'thresholdSeconds', ${threshold},
    'formula', CASE ${formula} ${branches(({ shown }) => `'${shown}'`)} END)`
}
