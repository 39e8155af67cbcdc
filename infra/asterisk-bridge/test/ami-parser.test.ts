import { expect, test } from 'vitest'
import { createAmiParser } from '../src/ami-parser.ts'

const stream =
  'Asterisk Call Manager/7.0.3\r\nResponse: Success\r\nActionID: login\r\nMessage: Authentication accepted\r\n\r\n' +
  'Event: Newchannel\r\nUniqueid: 1.1\r\nCallerIDName: a: b\r\nChanVariable: x=1\r\nChanVariable: y=2\r\nEmpty:\r\n\r\n'

test('blocks come out whole, however the stream is cut', () => {
  const expected = [
    { Response: 'Success', ActionID: 'login', Message: 'Authentication accepted' },
    { Event: 'Newchannel', Uniqueid: '1.1', CallerIDName: 'a: b', ChanVariable: 'x=1', Empty: '' },
  ]
  expect(createAmiParser()(stream)).toStrictEqual(expected)
  for (let at = 1; at < stream.length; at++) {
    const parse = createAmiParser()
    expect([...parse(stream.slice(0, at)), ...parse(stream.slice(at))]).toStrictEqual(expected)
  }
})

test('a block that never ends is refused before it fills the memory', () => {
  const parse = createAmiParser()
  expect(() => {
    for (let n = 0; n < 100; n++) parse('x'.repeat(10_000))
  }).toThrow('never ends')
})
