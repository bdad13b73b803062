import { expect, test } from 'vitest'
import { createDecoder } from '../../src/rows/index.ts'

/** What is read of bytes that come in pieces of a size. */
function read(bytes: Uint8Array, size: number): { text: string; notes: string[] } {
  const decoder = createDecoder(bytes)
  let text = ''
  for (let at = 0; at < bytes.length; at += size) text += decoder.push(bytes.subarray(at, at + size))
  return { text: text + decoder.end(), notes: decoder.notes() }
}

test('reads UTF-8 of which a byte is of another encoding, wherever it is cut', () => {
  const bytes = Buffer.concat([
    Buffer.from('Nombre,Descripci'),
    Buffer.from([0xf3]),
    Buffer.from('n\nMódulo,Señal análoga – 5 €\n'),
  ])
  for (let size = 1; size <= bytes.length; size++)
    expect(read(bytes, size)).toEqual({
      text: 'Nombre,Descripción\nMódulo,Señal análoga – 5 €\n',
      notes: ['1 bytes were not UTF-8 and were read as windows-1252. Export the file as UTF-8.'],
    })
})

test('reads what is windows-1252 throughout as that, and plain UTF-8 without a word', () => {
  expect(read(Buffer.from('Módulo,Señal', 'latin1'), 3)).toMatchObject({
    text: 'Módulo,Señal',
    notes: ['The file is windows-1252, not UTF-8; it was converted.'],
  })
  expect(read(Buffer.from('Módulo 😀'), 2)).toEqual({ text: 'Módulo 😀', notes: [] })
  expect(read(Buffer.from('Módulo').subarray(0, 2), 1).text).toBe('MÃ')
})
