import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AnswerReader } from '../../src/load/answer-reader.ts'
import type { Answer } from '../../src/load/answer-reader.ts'

/** Feeds bytes in pieces of a size; the first result. */
function read(text: string, pieceSize: number, isHead = false, maxBytes = 1e6): unknown {
  const reader = new AnswerReader(maxBytes)
  reader.expect(isHead, true)
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += pieceSize) {
    const result = reader.push(bytes.subarray(at, at + pieceSize))
    if (result !== null) return plain(result)
  }
  return plain(reader.end())
}

function plain(result: Answer | string): unknown {
  return typeof result === 'string'
    ? result
    : { status: result.status, body: result.body?.toString('latin1'), isLast: result.isLast }
}

const answers: [string, unknown][] = [
  ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', { status: 200, body: 'hello', isLast: false }],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=1\r\nlo\r\n0\r\nX: y\r\n\r\n',
    { status: 200, body: 'hello', isLast: false },
  ],
  [
    'HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    { status: 503, body: '', isLast: true },
  ],
  ['HTTP/1.0 200 OK\r\n\r\nuntil the end', { status: 200, body: 'until the end', isLast: true }],
  ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 None\r\n\r\n', { status: 204, body: '', isLast: false }],
  ['HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort', 'closed-early'],
  ['SSH-2.0-OpenSSH_9.2 and more\r\n\r\n', 'malformed'],
  ['HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', 'malformed'],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 'malformed'],
]

test.each(answers)('reads %j however it is cut [READY-LOAD-02]', (text, expected) => {
  for (let size = 1; size <= text.length; size++) expect(read(text, size)).toEqual(expected)
})

test('ends an answer that is longer than allowed, by length, in chunks or without end [READY-LOAD-06]', () => {
  const long = 'x'.repeat(5000)
  expect(read(`HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n${long}`, 100, false, 1000)).toBe('too-large')
  expect(
    read(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n${long}\r\n`, 100, false, 1000),
  ).toBe('too-large')
  expect(read(`HTTP/1.1 200 OK\r\n\r\n${long}`, 100, false, 1000)).toBe('too-large')
  expect(read(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(70_000)}`, 7000)).toBe('malformed')
})

test('never throws, whatever comes [READY-LOAD-06]', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }), (pieces) => {
      const reader = new AnswerReader(1000)
      reader.expect(false, true)
      for (const piece of [Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'), ...pieces])
        if (reader.push(Buffer.from(piece)) !== null) return
      reader.end()
    }),
  )
})
