import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--window-size=1280,800']
const DEADLINE_MS = 30_000

/** The browser of this machine, or undefined where there is none. */
export function findChromium(): string | undefined {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' })
      return name
    } catch {
      // Not this one.
    }
  }
  return undefined
}

type Message = { readonly id?: number; readonly method?: string; readonly params?: never; readonly result?: never }

/** What a page did and said while it loaded. */
export type Page = {
  /** Errors and warnings of the console, exceptions, and what the content policy refused. */
  readonly complaints: string[]
  readonly requested: string[]
  evaluate(expression: string): Promise<unknown>
}

/** Opens a page in a browser that ends with the test. */
export async function openPage(browser: string, url: string): Promise<Page> {
  const send = await connectTo(await startBrowser(browser))
  const page: Page = {
    complaints: [],
    requested: [],
    evaluate: async (expression) => {
      const { result } = await send<{ result: { value?: unknown } }>('Runtime.evaluate', {
        expression,
        returnByValue: true,
        awaitPromise: true,
      })
      return result.value
    },
  }
  send.listen((method, params) => note(page, method, params))
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`)
  await send('Page.navigate', { url })
  return page
}

type Params = Readonly<Record<string, unknown>>

function note(page: Page, method: string, params: Params): void {
  const text = JSON.stringify(params)
  if (method === 'Runtime.exceptionThrown') page.complaints.push(text)
  else if (method === 'Log.entryAdded' && /"level":"(error|warning)"/.test(text)) page.complaints.push(text)
  else if (method === 'Runtime.consoleAPICalled' && /^(error|warning|assert)$/.test(String(params['type'])))
    page.complaints.push(text)
  else if (method === 'Network.requestWillBeSent') page.requested.push((params['request'] as { url: string }).url)
}

async function startBrowser(browser: string): Promise<URL> {
  const profile = mkdtempSync(join(tmpdir(), 'dealwire-browser-'))
  const child: ChildProcess = spawn(
    browser,
    [...FLAGS, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  })
  if (child.stderr === null) throw new Error('The browser has no output')
  for await (const line of createInterface({ input: child.stderr })) {
    const [, address] = /DevTools listening on (ws:\S+)/.exec(line) ?? []
    if (address !== undefined) return new URL(address)
  }
  throw new Error('The browser ended before it listened')
}

/** Speaks the browser's debugging protocol with its first page. */
async function connectTo(browser: URL) {
  const listed = await fetch(`http://${browser.host}/json/list`, { signal: AbortSignal.timeout(DEADLINE_MS) })
  const [first] = (await listed.json()) as { webSocketDebuggerUrl: string }[]
  const socket = new WebSocket(first?.webSocketDebuggerUrl ?? '')
  await once(socket, 'open')
  const waiting = new Map<number, (result: unknown) => void>()
  const listeners: ((method: string, params: Params) => void)[] = []
  let count = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, method, params, result } = JSON.parse(String(data)) as Message
    if (id !== undefined) waiting.get(id)?.(result ?? {})
    else if (method !== undefined) for (const listener of listeners) listener(method, params ?? {})
  })
  const send = <Result>(method: string, params: Params = {}): Promise<Result> =>
    new Promise((resolve) => {
      waiting.set(++count, (result) => resolve(result as Result))
      socket.send(JSON.stringify({ id: count, method, params }))
    })
  return Object.assign(send, {
    listen: (listener: (method: string, params: Params) => void) => void listeners.push(listener),
  })
}
