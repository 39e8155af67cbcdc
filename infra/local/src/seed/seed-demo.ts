import type { Log } from '../local-server.ts'
import { demoLogins, demoPassword } from './demo-logins.ts'

export type SeedOptions = { gatewayUrl: string; databaseUrl: string; log: Log }

/** Makes the demo company and what is in it, unless it exists. */
export async function seedDemo({ gatewayUrl, log }: SeedOptions): Promise<void> {
  if (await demoExists(gatewayUrl)) return
  log('Creating the demo company')
  const [admin, ...others] = demoLogins
  const { accessToken } = (await post(gatewayUrl, '/v1/auth/register', {
    companyName: 'Demo Company',
    name: admin.name,
    email: admin.email,
    password: demoPassword,
  })) as { accessToken: string }
  for (const { name, email, role } of others) {
    await post(gatewayUrl, '/v1/users', { name, email, role, password: demoPassword, active: true }, accessToken)
  }
}

async function demoExists(gatewayUrl: string): Promise<boolean> {
  const response = await request(gatewayUrl, '/v1/auth/login', { email: demoLogins[0].email, password: demoPassword })
  return response.ok
}

async function post(gatewayUrl: string, path: string, body: object, accessToken?: string): Promise<unknown> {
  const response = await request(gatewayUrl, path, body, accessToken)
  const answer = await response.text()
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${answer}`)
  return JSON.parse(answer)
}

function request(gatewayUrl: string, path: string, body: object, accessToken?: string): Promise<Response> {
  return fetch(`${gatewayUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(accessToken && { authorization: `Bearer ${accessToken}` }) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  })
}
