import { relative } from 'node:path'
import { demoLogins, demoPassword } from './seed/demo-logins.ts'

type Welcome = { gatewayUrl: string; databaseUrl: string; logFolder: string; hasDemo: boolean }

/** What a person needs to know once the system runs. */
export function welcome({ gatewayUrl, databaseUrl, logFolder, hasDemo }: Welcome): string {
  const logins = demoLogins.map(({ email }) => email).join(', ')
  const rows: [string, string][] = [
    ['API', gatewayUrl],
    ['API docs', `${gatewayUrl}/docs`],
    ...(hasDemo ? [['Demo users', `${logins} (password: ${demoPassword})`] satisfies [string, string]] : []),
    ['Database', databaseUrl],
    ['Logs', relative(process.cwd(), logFolder) || '.'],
  ]
  const table = rows.map(([label, value]) => `  ${label.padEnd(10)} ${value}`).join('\n')
  return `\nDealwire is running.\n\n${table}\n\nCtrl-C stops everything and keeps the data. For empty data: npm start -- --fresh\n`
}
