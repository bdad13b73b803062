import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { serveWorlds } from '../../../src/clearance/worlds/serve-worlds.ts'
import { WorldServer } from '../../../src/clearance/worlds/world-server.ts'

const begin = (place: number, more: object = {}) => ({ case: place, scenario: 'cut-in', ...more })
const head = (...all: object[]) => JSON.stringify({ begin: all })
const none = Float64Array.of(1, 0)

interface Answer {
  begin: { case: number; id: string; route: number[][] }[]
  ended: { case: number; by: string; outcome: string }[]
  errors: Record<string, string>
}
const read = (text: string) => JSON.parse(text) as Answer

describe('worlds that a program drives', () => {
  test('begin, go on and end by their places, each answered by itself [DRIVE-DRIVER-09]', async () => {
    const server = new WorldServer()
    const begun = await server.answer({
      head: head(begin(3), begin(5, { parameters: { ttcS: 1 } })),
      numbers: none,
    })
    expect(read(begun.head).begin.map((one) => [one.case, one.id])).toEqual([
      [3, 'cut-in#1'],
      [5, 'cut-in#1'],
    ])
    expect([...begun.numbers.subarray(0, 3)]).toEqual([1, 2, 3])
    let ended: Answer['ended'] = []
    for (let frame = 2; ended.length === 0; frame++) {
      // Who goes on at full speed behind a car that cuts in and brakes runs into it.
      const { head: news, numbers } = await server.answer({
        head: '',
        numbers: Float64Array.of(frame, 1, 5, 1, 0, 0),
      })
      expect([...numbers.subarray(0, 3)]).toEqual([frame, 1, 5])
      if (news !== '') ({ ended } = read(news))
    }
    expect(ended).toMatchObject([{ case: 5, by: 'collision', outcome: 'failed' }])
    const after = await server.answer({ head: '', numbers: Float64Array.of(900, 2, 5, 0, 0, 0, 3, 0, 0, 0) })
    expect(read(after.head).errors).toEqual({ 5: 'no run is under way there: begin one' })
    expect([...after.numbers.subarray(0, 3)]).toEqual([900, 1, 3])
  })

  test('that cannot be are told by their place, and the others begin [DRIVE-DRIVER-09]', async () => {
    const { head: news } = await new WorldServer().answer({
      head: head(
        begin(0, { scenario: 'nowhere' }),
        begin(1, { parameters: { ttcS: 99 } }),
        begin(2),
        begin(4, { vehicle: 'boat' }),
      ),
      numbers: none,
    })
    const { begin: begun, errors } = read(news)
    expect(begun.map((one) => one.case)).toEqual([2])
    expect(errors).toEqual({
      0: expect.stringMatching(/nowhere/) as string,
      1: expect.stringMatching(/ttcS of cut-in is from/) as string,
      4: expect.stringMatching(/no vehicle "boat"/) as string,
    })
  })

  test.each([
    ['{', none, /its head is no JSON/],
    ['{"begin":[{"case":-1,"scenario":"cut-in"}]}', none, /no frame of places and commands/],
    ['', Float64Array.of(1, 2, 0, 0, 0, 0), /2 commands do not stand in 6 numbers/],
    ['', Float64Array.of(), /NaN commands/],
  ])('refuse what is no question: %s', async (text, numbers, why) => {
    await expect(new WorldServer().answer({ head: text, numbers })).rejects.toThrow(why)
  })

  test('end with the input, and refuse what stands in it and is no frame [DRIVE-DRIVER-09]', async () => {
    const output = new PassThrough()
    await serveWorlds(PassThrough.from([]), output)
    expect(String(output.read())).toBe('{"type":"ready","protocol":2,"encoding":"binary"}\n')
    await expect(serveWorlds(PassThrough.from([Buffer.from('hello world')]), output)).rejects.toThrow(
      /is no frame/,
    )
  })
})
