import type { Actor } from '@dealwire/contracts'
import type { Executor } from '@dealwire/db/client'
import { ownFiguresOf } from '../directory/scope.ts'
import { dayAt } from '../windows/local-day.ts'
import { edgesOf, type WindowInput, windowOf } from '../windows/window.ts'
import { findForecast } from './forecast.repository.ts'

export type ForecastInput = WindowInput & { readonly months: number }

/** What is expected to be won by month: open deals by their probability, and what was won already. */
export async function getForecast(
  executor: Executor,
  actor: Actor,
  input: ForecastInput,
  now: number,
): Promise<string> {
  const { currency, timeZone } = actor.company
  const { first, last } = monthsOf(input, timeZone, now)
  return await findForecast(executor, [actor.companyId, ownFiguresOf(actor), currency, timeZone, first, last])
}

/** The first days of the first and of the last month. */
export function monthsOf(
  input: ForecastInput,
  timeZone: string,
  now: number,
): { readonly first: string; readonly last: string } {
  const monthAt = (at: number) => `${dayAt(at, timeZone).slice(0, 7)}-01`
  if (input.to === undefined) {
    const { from } = edgesOf(input, timeZone)
    const first = monthAt(from === undefined ? now : Date.parse(from))
    const last = new Date(`${first}T00:00:00Z`)
    last.setUTCMonth(last.getUTCMonth() + input.months - 1)
    return { first, last: last.toISOString().slice(0, 10) }
  }
  const window = windowOf(input, timeZone, now)
  return { first: monthAt(Date.parse(window.from)), last: monthAt(Date.parse(window.to) - 1) }
}
