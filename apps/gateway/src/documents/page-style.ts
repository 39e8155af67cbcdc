/** Of the page around the API reference, which brings its own. Fonts are the reader's. */
export const referenceStyle = `
:root { --scalar-font: system-ui, sans-serif; --scalar-font-code: ui-monospace, monospace }
body { margin: 0 }
`.trimStart()

/** Of the pages that the gateway writes itself. */
export const pageStyle = `
:root { color-scheme: light dark }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
code { font-family: ui-monospace, monospace; font-size: .9em }
table { border-collapse: collapse; width: 100% }
td, th { padding: .4rem .8rem .4rem 0; border-top: 1px solid #8884; text-align: left; vertical-align: top }
`.trimStart()
