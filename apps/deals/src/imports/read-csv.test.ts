import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCsvRecords } from './csv-records.ts'
import { type CsvBatch, readCsv, readHeader } from './read-csv.ts'

/** In pieces of a few bytes, so that every border falls somewhere within something. */
function fileOf(content: Buffer | string, piece = 7): Readable {
  const bytes = Buffer.from(content)
  const count = Math.ceil(bytes.length / piece)
  return Readable.from(Array.from({ length: count }, (_, n) => bytes.subarray(n * piece, (n + 1) * piece)))
}

async function read(
  content: Buffer | string,
  options: { encoding?: string; afterRow?: number; batchRows?: number } = {},
) {
  const batches: CsvBatch[] = []
  const all = { encoding: 'utf-8', afterRow: 1, batchRows: 2, ...options }
  for await (const batch of readCsv(fileOf(content, content.length > 10_000 ? 65_536 : 7), all)) batches.push(batch)
  return {
    batches,
    rows: batches.flatMap(({ rows }) => rows.map(({ row, cells }) => [row, ...cells])),
    problems: batches.flatMap(({ problems }) => problems.map(({ row, code }) => [row, code])),
  }
}

test('quotes, line breaks in cells, a byte order mark and empty rows; rows are numbered as a spreadsheet does', async () => {
  const { rows, problems } = await read('\uFEFFtitle,notes\r\n"a ""b""","x,\ny"\r\n\r\n ,\r\nნინო,z')
  expect(rows).toEqual([
    [2, 'a "b"', 'x,\ny'],
    [5, 'ნინო', 'z'],
  ])
  expect(problems).toEqual([])
})

test.for([',', ';', '\t'])('a file separated by %j', async (separator) => {
  const file = [`"a;b,c"`, 'value'].join(separator)
  expect(await readHeader(fileOf(file, 1_000), 'utf-8')).toEqual(['a;b,c', 'value'])
  const text = ['title', 'value'].join(separator)
  expect((await read(Buffer.from(`${text}\nx${separator}1`), {})).rows).toEqual([[2, 'x', '1']])
})

test('a row that is no CSV is reported, and those around it are read', async () => {
  const file = 'title,value\nfirst,1\n"se"cond,2\nthird,3\n"fourth,4\nfi"fth,5\n"sixth",6\nseventh,7,8'
  const { rows, problems } = await read(file)
  expect(problems).toEqual([
    [3, 'malformed_row'],
    [5, 'malformed_row'],
  ])
  expect(rows).toEqual([
    [2, 'first', '1'],
    [4, 'third', '3'],
    [6, 'fi"fth', '5'],
    [7, 'sixth', '6'],
    [8, 'seventh', '7', '8'],
  ])
})

test('whatever was written as CSV is read as it was, in pieces of any size', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'ნ') })
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, size) => {
      const quoted = rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
      const file = ['"x","y"', ...quoted].join('\r\n')
      const csv = createCsvRecords()
      const pieces = Array.from({ length: Math.ceil(file.length / size) }, (_, n) =>
        file.slice(n * size, (n + 1) * size),
      )
      const records = [...pieces.flatMap((piece) => csv.push(piece)), ...csv.end()]
      expect(records).toEqual([['x', 'y'], ...rows].map((cells, index) => ({ row: index + 1, cells })))
    }),
  )
})

test('a reading that goes on behind a row gives what is left, with the same numbers', async () => {
  const file = 'title\none\n"tw"o\nthree\nfour\nfive\n'
  const whole = await read(file)
  expect(whole.problems).toEqual([[3, 'malformed_row']])
  for (const { lastRow } of whole.batches) {
    const rest = await read(file, { afterRow: lastRow })
    expect(rest.rows).toEqual(whole.rows.filter(([row]) => Number(row) > lastRow))
    expect(rest.problems).toEqual(whole.problems.filter(([row]) => Number(row) > lastRow))
  }
})

test('other encodings', async () => {
  const cyrillic = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])
  expect((await read(Buffer.concat([Buffer.from('title\n'), cyrillic]), { encoding: 'windows-1251' })).rows).toEqual([
    [2, 'Привет'],
  ])
  expect((await read(Buffer.from('title\nნინო', 'utf16le'), { encoding: 'utf-16le' })).rows).toEqual([[2, 'ნინო']])
})

test('a quote that is never closed, and a line without an end, cost one row each and no memory', async () => {
  const file = `title\nfirst\n"second${'\nx'.repeat(200_000)}\n${'y'.repeat(600_000)}\nlast`
  const { rows, problems } = await read(file, { batchRows: 1_000 })
  expect(problems).toEqual([
    [3, 'malformed_row'],
    [200_004, 'malformed_row'],
  ])
  expect(rows).toHaveLength(200_002)
  expect(rows.at(-1)).toEqual([200_005, 'last'])
})

test('an empty file has no header', async () => {
  await expect(readHeader(fileOf(''), 'utf-8')).rejects.toMatchObject({ kind: 'invalid' })
})
