// In every image: `node health-check.mjs liveness` or `readiness` asks the service in the same container.
const address = `http://127.0.0.1:${process.env.PORT}/health/${process.argv[2] ?? 'liveness'}`

try {
  const { ok } = await fetch(address, { signal: AbortSignal.timeout(2_500) })
  process.exitCode = ok ? 0 : 1
} catch {
  process.exitCode = 1
}
