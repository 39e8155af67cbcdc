import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { referenceStyle } from './page-style.ts'
import { type Publication, publication, publish } from './publication.ts'

/**
 * Scripts only from here, and no evaluation of text as code. Styles may be inline: the reference computes some while it runs.
 * Requests go to this origin only, under whatever name the reader opened it: the reference can try the API out, and can tell nobody else about it.
 */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The reference validates with zod, which would try to compile code: the policy forbids it, so it need not be tried. */
const PREPARE = 'globalThis.__zod_globalConfig = { jitless: true }\n'

const START = `
Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  servers: [{ url: location.origin }],
  theme: 'default',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultOpenAllTags: false,
  operationTitleSource: 'summary',
  metaData: { title: 'Dealwire API' },
})
`.trimStart()

const SCRIPT = 'text/javascript; charset=utf-8'
const STYLE = 'text/css; charset=utf-8'
const PAGE = 'text/html; charset=utf-8'

/** `/docs`: the API reference, all of it from this origin. Its assets carry their hash in the name, so they are cached for good. */
export function docsRoutes(app: FastifyInstance): void {
  const assets = {
    prepare: asset('prepare', 'js', publication(SCRIPT, PREPARE)),
    reference: asset('reference', 'js', publication(SCRIPT, referenceScript())),
    start: asset('start', 'js', publication(SCRIPT, START)),
    style: asset('page', 'css', publication(STYLE, referenceStyle)),
  }
  for (const { url, content } of Object.values(assets)) publish(app, url, content, { isImmutable: true })
  const page = publication(PAGE, pageOf(assets.style.url, [assets.prepare.url, assets.reference.url, assets.start.url]))
  publish(app, '/docs', page, { contentPolicy: CONTENT_POLICY })
}

function asset(name: string, extension: string, content: Publication) {
  return { url: `/docs/assets/${name}.${content.hash}.${extension}`, content }
}

function pageOf(style: string, scripts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dealwire API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
</head>
<body>
<noscript><p>This page needs JavaScript. The API is described in <a href="/openapi.json">openapi.json</a>, its problems at <a href="/problems">/problems</a>, its events in <a href="/asyncapi.json">asyncapi.json</a>.</p></noscript>
<div id="reference"></div>
${scripts.map((url) => `<script src="${url}"></script>`).join('\n')}
</body>
</html>
`
}

/** Beside the bundle, where the build puts it; run from source, in the package it comes from. */
function referenceScript(): Buffer {
  try {
    return readFileSync(new URL('./api-reference.js', import.meta.url))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return readFileSync(new URL('../../node_modules/@scalar/api-reference/dist/browser/standalone.js', import.meta.url))
  }
}
