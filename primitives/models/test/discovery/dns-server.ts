import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

export type DnsRecord =
  | { type: 'A'; name: string; address: string; ttl: number }
  | { type: 'SRV'; name: string; priority: number; weight: number; port: number; target: string; ttl: number }

const types = { A: 1, SRV: 33 } as const

/** A name server on loopback that answers by RFC 1035 from `records`, which a test may change; null: it answers SERVFAIL. */
export async function startDnsServer(state: { records: DnsRecord[] | null }) {
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const question = query.subarray(12, query.indexOf(0, 12) + 5)
    const type = question.readUInt16BE(question.length - 4)
    const asked = nameIn(question)
    const answers = (state.records ?? []).filter((one) => types[one.type] === type && one.name === asked)
    const header = Buffer.alloc(12)
    query.copy(header, 0, 0, 2)
    // A response, recursion desired and available; 2 is SERVFAIL, 3 NXDOMAIN.
    header.writeUInt16BE(0x8180 | (state.records === null ? 2 : answers.length === 0 ? 3 : 0), 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(answers.length, 6)
    socket.send(Buffer.concat([header, question, ...answers.map(encode)]), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  }
}

function encode(record: DnsRecord): Buffer {
  const data =
    record.type === 'A' ? Buffer.from(record.address.split('.').map(Number)) : encodeService(record)
  const fixed = Buffer.alloc(12)
  fixed.writeUInt16BE(0xc00c, 0)
  fixed.writeUInt16BE(types[record.type], 2)
  fixed.writeUInt16BE(1, 4)
  fixed.writeUInt32BE(record.ttl, 6)
  fixed.writeUInt16BE(data.length, 10)
  return Buffer.concat([fixed, data])
}

function encodeService({ priority, weight, port, target }: Extract<DnsRecord, { type: 'SRV' }>): Buffer {
  const numbers = Buffer.alloc(6)
  numbers.writeUInt16BE(priority, 0)
  numbers.writeUInt16BE(weight, 2)
  numbers.writeUInt16BE(port, 4)
  const labels = target.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]))
  return Buffer.concat([numbers, ...labels, Buffer.from([0])])
}

function nameIn(question: Buffer): string {
  const labels: string[] = []
  for (let at = 0; question[at] !== 0; at += 1 + (question[at] ?? 0)) {
    labels.push(question.toString('latin1', at + 1, at + 1 + (question[at] ?? 0)))
  }
  return labels.join('.').toLowerCase()
}
