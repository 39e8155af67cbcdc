export type CauseClass = 'normal' | 'no_answer' | 'busy' | 'cancelled' | 'rejected' | 'failed' | 'answered_elsewhere'

/** Q.850 numbers, and the names that FreeSWITCH, Asterisk, Twilio and their look-alikes use for them. */
const classes: Record<Exclude<CauseClass, 'failed'>, readonly string[]> = {
  normal: [
    '16',
    '31',
    'normal',
    'normal_clearing',
    'normal_unspecified',
    'completed',
    'success',
    'answered',
    'answer',
    'hangup',
  ],
  no_answer: [
    '18',
    '19',
    'no_answer',
    'noanswer',
    'no_user_response',
    'alloted_timeout',
    'allotted_timeout',
    'timeout',
    'unanswered',
    'progress_timeout',
  ],
  busy: ['17', 'busy', 'user_busy'],
  cancelled: ['487', 'originator_cancel', 'cancel', 'canceled', 'cancelled', 'request_terminated', 'caller_hangup'],
  rejected: ['21', 'call_rejected', 'rejected', 'declined', 'decline'],
  answered_elsewhere: [
    '26',
    'lose_race',
    'answered_elsewhere',
    'picked_off',
    'non_selected_user_clearing',
    'completed_elsewhere',
  ],
}

const classOf = new Map<string, CauseClass>(
  Object.entries(classes).flatMap(([name, causes]) => causes.map((cause) => [cause, name as CauseClass] as const)),
)

/** `null` only when there is no cause; a cause we do not know is a failure of some kind. */
export function classifyCause(cause: string | null): CauseClass | null {
  if (cause === null || cause.trim() === '') return null
  const name = cause
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  return classOf.get(name) ?? 'failed'
}
