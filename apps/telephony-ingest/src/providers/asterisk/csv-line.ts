/** The columns of `cel_custom` as its sample configuration writes them. */
const CEL_COLUMNS = [
  'eventtype',
  'eventtime',
  'cidname',
  'cidnum',
  'cidani',
  'cidrdnis',
  'ciddnid',
  'exten',
  'context',
  'channame',
  'appname',
  'appdata',
  'amaflags',
  'accountcode',
  'uniqueid',
  'linkedid',
  'peer',
  'userfield',
  'usereventname',
  'extra',
]
/** The columns of `cdr_csv`; the last three come with `newcdrcolumns`. */
const CDR_COLUMNS = [
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
  'uniqueid',
  'userfield',
  'peeraccount',
  'linkedid',
  'sequence',
]
const DISPOSITION_AT = CDR_COLUMNS.indexOf('disposition')
const dispositions = /^(ANSWERED|NO ANSWER|BUSY|FAILED|CONGESTION)$/i

/** A line of a CEL or CDR file as the record that it is; undefined for any other text. */
export function recordOfLine(line: string): Record<string, string> | undefined {
  const values = splitLine(line.replace(/^\uFEFF/, '').trim())
  const [first = ''] = values
  if (values.length >= 16 && /^[A-Z]+(_[A-Z]+)*$/.test(first)) return named(CEL_COLUMNS, values)
  if (dispositions.test(values[DISPOSITION_AT] ?? '')) return named(CDR_COLUMNS, values)
  return undefined
}

function named(columns: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.slice(0, columns.length).map((value, index) => [columns[index], value]))
}

/** Quotes inside quotes are doubled. A quote that is never closed runs to the end. */
function splitLine(line: string): string[] {
  const values = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)(?:"|$)|([^,]*))/g)
  return [...values].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}
