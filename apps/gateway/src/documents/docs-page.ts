import type { Route } from '@dealwire/contracts'

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1c1917; background: #fff }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem } td { padding: .35rem .75rem .35rem 0; border-top: 1px solid #e7e5e4; vertical-align: top }
code { font-family: ui-monospace, monospace; font-size: .9em } .method { font-weight: 600; width: 4.5rem } .permission { color: #57534e; white-space: nowrap }
@media (prefers-color-scheme: dark) { body { color: #e7e5e4; background: #1c1917 } td { border-color: #44403c } .permission { color: #a8a29e } a { color: #93c5fd } }`

/** Every operation on one page, without a script: it works under the strictest content policy and without a network. */
export function docsPage(routes: readonly Route[]): string {
  const services = [...new Set(routes.map((route) => route.service))]
  const sections = services.map((service) =>
    section(
      service,
      routes.filter((route) => route.service === service),
    ),
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Dealwire API</title><link rel="stylesheet" href="/docs/style.css"></head>
<body><h1>Dealwire API</h1><p>The full description, with every field, is <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
${sections.join('\n')}</body></html>`
}

export const docsStyle = STYLE.trimStart()

function section(service: string, routes: readonly Route[]): string {
  const rows = routes.map(
    ({ method, path, summary, permission }) =>
      `<tr><td class="method">${method}</td><td><code>${escapeHtml(path)}</code></td><td>${escapeHtml(summary)}</td><td class="permission">${permission}</td></tr>`,
  )
  return `<h2>${service}</h2><table>${rows.join('')}</table>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
