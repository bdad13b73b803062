import { connect as connectPlain } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { generate, parser } from 'mqtt-packet'
import { publishPacket } from '../broker/publish-packet.ts'
import { packetReader } from '../broker/read-packets.ts'

export interface LinkOptions {
  /** `mqtt://127.0.0.1:1883` or `mqtts://…`. */
  url: string
  clientId: string
  user?: string
  password?: string
  ca?: string
  /** Published by the broker when the connection breaks. */
  will: () => { path: string; text: string }
  filters: readonly string[]
  /** The subscriptions stand. */
  onUp: () => void
  onMessage: (path: string, payload: Uint8Array) => void
}

const keepaliveS = 30
const againMs = 200

/**
 * One robot's connection to the broker (MQTT 3.1.1), which comes again when it breaks: as little as a simulated robot needs, so that one process carries thousands.
 */
export class RobotLink {
  readonly #options: LinkOptions
  #socket: Socket | null = null
  #isUp = false
  #isClosed = false
  #messageId = 1
  #pings: NodeJS.Timeout | null = null

  constructor(options: LinkOptions) {
    this.#options = options
    this.#connect()
  }

  get isUp(): boolean {
    return this.#isUp
  }

  publish(
    path: string,
    text: string,
    { qos = 0, retain = false }: { qos?: 0 | 1; retain?: boolean } = {},
  ): void {
    if (!this.#isUp) return
    if (qos === 0 && !retain) return void this.#socket!.write(publishPacket(path, text))
    const messageId = qos === 0 ? {} : { messageId: this.#nextId() }
    this.#socket!.write(
      generate({ cmd: 'publish', topic: path, payload: text, qos, retain, dup: false, ...messageId }),
    )
  }

  /** Ends without a word, as a robot does that loses its power; with `says` it takes leave. */
  close(says = true): void {
    this.#isClosed = true
    if (says && this.#isUp) this.#socket!.end(generate({ cmd: 'disconnect' }))
    else this.#socket?.destroy()
    this.#down()
  }

  #connect(): void {
    const { url, clientId, user, password, ca, will, filters, onUp, onMessage } = this.#options
    const { protocol, hostname: host, port } = new URL(url)
    const socket =
      protocol === 'mqtts:'
        ? connectTls({ host, port: Number(port), ...(ca === undefined ? {} : { ca }) })
        : connectPlain({ host, port: Number(port) })
    this.#socket = socket
    socket.setNoDelay(true)
    const packets = parser({ protocolVersion: 4 })
    packets.on('packet', (packet) => {
      if (packet.cmd === 'connack') {
        if (packet.returnCode !== 0) return void socket.destroy()
        const subscriptions = filters.map((topic) => ({ topic, qos: 0 as const }))
        socket.write(generate({ cmd: 'subscribe', messageId: this.#nextId(), subscriptions }))
      } else if (packet.cmd === 'suback') {
        this.#isUp = true
        this.#pings = setInterval(() => socket.write(generate({ cmd: 'pingreq' })), (keepaliveS * 1000) / 2)
        onUp()
      } else if (packet.cmd === 'publish') {
        const { topic, payload } = packet
        onMessage(topic, typeof payload === 'string' ? Buffer.from(payload) : payload)
      }
    })
    socket.on(
      'data',
      packetReader((packet, bodyAt) => {
        // A message of QoS 0, as nearly all are, has only its topic before it (3.3).
        if (packet[0]! >> 1 !== 0x18) return void packets.parse(Buffer.from(packet))
        const body = Buffer.from(packet.buffer, packet.byteOffset + bodyAt, packet.length - bodyAt)
        const topicEnd = 2 + body.readUInt16BE(0)
        onMessage(body.toString('utf8', 2, topicEnd), body.subarray(topicEnd))
      }),
    )
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (socket !== this.#socket) return
      this.#down()
      if (!this.#isClosed) setTimeout(() => this.#isClosed || this.#connect(), againMs * (1 + Math.random()))
    })
    const { path, text } = will()
    socket.once(protocol === 'mqtts:' ? 'secureConnect' : 'connect', () =>
      socket.write(
        generate({
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion: 4,
          clean: true,
          clientId,
          keepalive: keepaliveS,
          will: { topic: path, payload: Buffer.from(text), qos: 1, retain: true },
          ...(user === undefined ? {} : { username: user }),
          ...(password === undefined ? {} : { password: Buffer.from(password) }),
        }),
      ),
    )
  }

  #down(): void {
    this.#isUp = false
    if (this.#pings !== null) clearInterval(this.#pings)
    this.#pings = null
  }

  #nextId(): number {
    this.#messageId = (this.#messageId % 65_535) + 1
    return this.#messageId
  }
}
