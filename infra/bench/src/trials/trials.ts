import { foldLongCalls, foldManyCalls } from './fold.ts'
import { stormWebhooks } from './storm.ts'
import type { Trial } from './trial.ts'

export const trials: readonly Trial[] = [
  { name: '20,000 webhooks in 10 s, a fifth again, 5 % in disorder', run: stormWebhooks },
  { name: 'fold of calls of 4 events', run: foldManyCalls },
  { name: 'fold of a call of 5,000 events', run: foldLongCalls },
]
