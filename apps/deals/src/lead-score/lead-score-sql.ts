/** The weights of the company of a stage `s`, or nulls, as `w`. */
export const WEIGHTS_OF_STAGE = 'LEFT JOIN lead_score_weights w ON w.company_id = s.company_id'

/** The score by the probability of a stage `s` and weights `w`; a plain expression, which Postgres computes in place. */
export function leadScore(value: string, priority: string, leadSource: string): string {
  return `lead_score(${value}, s.probability, ${priority}, ${leadSource}, w.value_weight, w.stage_weight, w.priority_weight, w.source_weight)`
}

/** That of a stored row `d`. */
export const LEAD_SCORE_OF_DEAL = leadScore('d.value', 'd.priority', 'd.lead_source')
