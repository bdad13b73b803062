import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publishPacket } from '../../src/control/broker/publish-packet.ts'
import { packetReader } from '../../src/control/broker/read-packets.ts'

test('packets are whole whatever pieces they come in [ROBOTS-BROKER-01]', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.constantFrom('x', 'ü')), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 30_000 })),
      (texts, cuts) => {
        const sent = texts.map(([length, letter], at) => ({ topic: `t/${at}`, text: letter.repeat(length) }))
        const bytes = Buffer.concat(sent.map(({ topic, text }) => publishPacket(topic, text)))
        const heard: { topic: string; text: string }[] = []
        const read = packetReader((packet, bodyAt) => {
          const body = Buffer.from(packet.slice(bodyAt))
          const end = 2 + body.readUInt16BE(0)
          heard.push({ topic: body.toString('utf8', 2, end), text: body.toString('utf8', end) })
        })
        let at = 0
        for (const cut of cuts) read(bytes.subarray(at, (at += cut)))
        read(bytes.subarray(at))
        expect(heard).toEqual(sent)
      },
    ),
    { numRuns: 60 },
  )
})
