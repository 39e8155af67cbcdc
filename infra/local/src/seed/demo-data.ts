import { dealSubjects, type Locale, locales, productKinds } from './names.ts'
import { type Random, seededRandom } from './random.ts'

// What the demo company has. The same in every run; only times are relative to now.
// E-mail addresses, titles, SKUs and suppliers are unique: by them a seed that was interrupted knows what it has made.

const CUSTOMERS = 200
const DEALS = 500
const PRODUCTS = 100
const DAYS_OF_DEALS = 360
export const DAY_MS = 86_400_000

export type DemoCustomer = {
  kind: 'PERSON' | 'ORGANIZATION'
  name: string
  email: string
  phone: string
  status: string
}
export type DemoContact = { name: string; email: string; phone: string; position: string }
export type DemoDeal = {
  title: string
  value: string
  stage: string
  priority: string
  leadSource: string
  expectedCloseDate: string
  lostReason?: string
  tags: string[]
  /** Which customer, and whose contact. */
  customer: number
  owner: number
  createdAt: string
  stageEnteredAt: string
  closedAt: string | null
}
export type DemoProduct = {
  sku: string
  name: string
  category: string
  unit: string
  salePrice: string
  reorderLevel: number
  reorderQuantity: number
  cost: number
}

export const suppliers = ['Caucasus Heating Supply', 'Black Sea Pipes', 'Nordic Pumps'] as const

const statuses = ['LEAD', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'INACTIVE'] as const
const positions = ['Owner', 'Purchasing', 'Site manager', 'Accounting', 'Architect'] as const
const priorities = ['LOW', 'MEDIUM', 'MEDIUM', 'HIGH', 'URGENT'] as const
const sources = ['WEB', 'REFERRAL', 'PHONE', 'EMAIL', 'EVENT', 'ADS', 'PARTNER'] as const
const lostReasons = ['Too dear', 'Chose a competitor', 'Project postponed', 'No answer any more'] as const
const openStages = ['LEAD', 'QUALIFIED', 'NEGOTIATION'] as const

export function demoParties(): { customers: DemoCustomer[]; contacts: DemoContact[] } {
  const random = seededRandom(1)
  const customers: DemoCustomer[] = []
  const contacts: DemoContact[] = []
  for (let n = 0; n < CUSTOMERS; n++) {
    const locale = random.pick(locales)
    const isPerson = random.chance(0.3)
    const person = personName(random, locale)
    customers.push({
      kind: isPerson ? 'PERSON' : 'ORGANIZATION',
      name: isPerson ? person : `${random.pick(locale.companies)} ${random.pick(locale.sectors)}`,
      email: `office${n}@${locale.domain}.test`,
      phone: phone(locale, 2 * n),
      status: random.pick(statuses),
    })
    contacts.push({
      name: isPerson ? person : personName(random, locale),
      email: `contact${n}@${locale.domain}.test`,
      phone: phone(locale, 2 * n + 1),
      position: random.pick(positions),
    })
  }
  return { customers, contacts }
}

const personName = (random: Random, locale: Locale) =>
  `${random.pick(locale.firstNames)} ${random.pick(locale.lastNames)}`

const phone = ({ phone: { prefix, digits } }: Locale, n: number) =>
  `${prefix}${String(1_000_000 + n * 7_919).slice(0, digits)}`

export function demoDeals(now: number): DemoDeal[] {
  const random = seededRandom(2)
  return Array.from({ length: DEALS }, (_, n) => demoDeal(random, n, now))
}

/** Old deals are mostly closed, young ones mostly open. */
function demoDeal(random: Random, n: number, now: number): DemoDeal {
  const ageDays = Math.floor((DAYS_OF_DEALS * (DEALS - n)) / DEALS)
  const createdAt = now - ageDays * DAY_MS - random.whole(0, 8 * 3_600_000)
  const isClosed = random.chance(ageDays > 60 ? 0.85 : 0.25)
  const isWon = isClosed && random.chance(0.55)
  const closedAt = isClosed
    ? Math.min(createdAt + random.whole(3, 45) * DAY_MS, now - random.whole(1, 20) * 3_600_000)
    : null
  const enteredAt = closedAt ?? createdAt + random.whole(0, Math.min(ageDays, 20)) * DAY_MS
  const stage = isWon ? 'CLOSED_WON' : isClosed ? 'CLOSED_LOST' : random.pick(openStages)
  return {
    title: `${random.pick(dealSubjects)} #${1_001 + n}`,
    value: `${random.whole(4, 600) * 100}.00`,
    stage,
    priority: random.pick(priorities),
    leadSource: random.pick(sources),
    expectedCloseDate: date(closedAt ?? now + random.whole(-10, 90) * DAY_MS),
    ...(stage === 'CLOSED_LOST' && { lostReason: random.pick(lostReasons) }),
    tags: random.chance(0.3) ? ['vip'] : [],
    customer: random.whole(0, CUSTOMERS - 1),
    owner: n % 3,
    createdAt: instant(createdAt),
    stageEnteredAt: instant(enteredAt),
    closedAt: closedAt === null ? null : instant(closedAt),
  }
}

export function demoProducts(): DemoProduct[] {
  const random = seededRandom(3)
  return Array.from({ length: PRODUCTS }, (_, n) => {
    const [name, category, unit, base] = productKinds[n % productKinds.length] ?? ['Part', 'Parts', 'pcs', 10]
    const size = 1 + Math.floor(n / productKinds.length)
    const cost = base * (1 + size / 5)
    return {
      sku: `${name.toUpperCase().replaceAll(' ', '-')}-${size}`,
      name: `${name} ${size * 10}`,
      category,
      unit,
      salePrice: (cost * 1.6).toFixed(2),
      reorderLevel: random.whole(5, 40),
      reorderQuantity: 50,
      cost,
    }
  })
}

const instant = (at: number) => new Date(at).toISOString()
const date = (at: number) => instant(at).slice(0, 10)
