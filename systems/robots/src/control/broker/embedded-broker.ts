import { createServer as createPlainServer } from 'node:net'
import type { Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { InvalidInputError } from '@heavylift/core'
import type { Logger } from '@heavylift/core'
import { Aedes } from 'aedes'
import type { AedesPublishPacket, Client } from 'aedes'
import { maximumMessageBytes } from '../vda5050/read-message.ts'
import { controlUser, mayPublish, maySubscribe, passwordFits } from './access.ts'
import type { Credential } from './access.ts'
import type { Bus } from './bus.ts'
import { DirectWriter } from './direct-writer.ts'

export interface BrokerOptions {
  host: string
  /** 0 takes a free one. */
  port: number
  /** PEM texts. */
  tls: { key: string; cert: string } | null
  /** Who may connect; null lets everybody in, which is for loopback alone. */
  credentials: readonly Credential[] | null
  log: Logger
}

export interface EmbeddedBroker {
  port: number
  clients(): number
  /** Connects this process without a socket. */
  bus(): Bus
  close(): Promise<void>
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * A broker of MQTT 3.1.1 in this process. Off loopback it needs TLS and credentials, and then a robot publishes and reads only below its own serial number.
 * @throws InvalidInputError `broker-open` where it would be open to a network
 */
export async function startBroker(options: BrokerOptions): Promise<EmbeddedBroker> {
  const { host, port, tls, credentials, log } = options
  if (!loopback.has(host) && (tls === null || credentials === null))
    throw new InvalidInputError({
      code: 'broker-open',
      message: `A broker on ${host} is open to a network: give a certificate and credentials, or listen on 127.0.0.1.`,
    })
  const broker = await Aedes.createBroker({ concurrency: 1000 })
  const writer = new DirectWriter(broker)
  const sockets = new Set<Socket>()
  if (credentials !== null) secure(broker, credentials, log)
  const serve = (socket: Socket): void => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    // Its client tells of it; without a listener an error of the socket alone would end the process.
    socket.on('error', () => undefined)
    limitPackets(socket)
    broker.handle(socket)
  }
  const server =
    tls === null ? createPlainServer(serve) : createTlsServer({ ...tls, minVersion: 'TLSv1.2' }, serve)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, resolve)
    })
  } catch (error) {
    await new Promise<void>((resolve) => broker.close(resolve))
    throw error
  }
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    clients: () => broker.connectedClients,
    bus: () => busOf(broker, writer),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
      await new Promise<void>((resolve) => broker.close(resolve))
    },
  }
}

/** Ends a connection that announces a packet larger than any message may be, before it is read into memory (MQTT 3.1.1, 2.2.3). */
function limitPackets(socket: Socket): void {
  let toCome = 0
  let length = 0
  let shift = -1
  const check = (chunk: Uint8Array): boolean => {
    for (let at = 0; at < chunk.length;) {
      if (toCome > 0) {
        const taken = Math.min(toCome, chunk.length - at)
        toCome -= taken
        at += taken
      } else if (shift < 0) {
        // Type and flags of a packet; its length follows.
        ;[length, shift] = [0, 0]
        at++
      } else {
        const byte = chunk[at++]!
        length += (byte & 127) * 2 ** shift
        shift += 7
        if (shift > 28 || length > maximumMessageBytes + 1024) return false
        if (byte < 128) {
          toCome = length
          shift = -1
        }
      }
    }
    return true
  }
  const push = socket.push.bind(socket)
  socket.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk instanceof Uint8Array && !check(chunk)) {
      socket.destroy()
      return false
    }
    return push(chunk, encoding)
  }
}

function secure(broker: Aedes, credentials: readonly Credential[], log: Logger): void {
  const known = new Map(credentials.map((credential) => [credential.user, credential]))
  const userOf = new WeakMap<Client, string>()
  broker.preConnect = (_client, packet, done) => {
    // A client's name is its user's own: else one robot could end another's connection by taking its name.
    const named = packet as unknown as { clientId: string; username?: string }
    named.clientId = `${named.username ?? ''}|${named.clientId}`
    done(null, true)
  }
  broker.authenticate = (client, user, password, done) => {
    const credential = user === undefined ? undefined : known.get(user)
    const fits = credential !== undefined && password !== undefined && passwordFits(credential, password)
    if (fits) userOf.set(client, credential.user)
    else log.warn({ user }, 'refused a connection to the broker: unknown user or wrong password')
    done(null, fits)
  }
  broker.authorizePublish = (client, packet, done) => {
    const user = client === null ? controlUser : userOf.get(client)
    if (user !== undefined && mayPublish(user, packet.topic)) done(null)
    else {
      log.warn({ user, topic: packet.topic }, "refused a message that is not its sender's to publish")
      done(new Error('not yours to publish'))
    }
  }
  broker.authorizeSubscribe = (client, subscription, done) => {
    const user = client === null ? controlUser : userOf.get(client)
    done(null, user !== undefined && maySubscribe(user, subscription.topic) ? subscription : null)
  }
}

/** What its types leave out. */
function retainedIn(broker: Aedes) {
  const { persistence } = broker as unknown as {
    persistence: { createRetainedStream(filter: string): AsyncIterable<AedesPublishPacket> }
  }
  return persistence
}

function busOf(broker: Aedes, writer: DirectWriter): Bus {
  const subscribed: { filter: string; hear: (packet: AedesPublishPacket, done: () => void) => void }[] = []
  return {
    publish(path, text) {
      if (writer.write(path, text)) return
      broker.publish(
        { cmd: 'publish', topic: path, payload: Buffer.from(text), qos: 0, retain: false, dup: false },
        () => undefined,
      )
    },
    async subscribe(filters, onMessage) {
      for (const filter of filters) {
        const hear = (packet: AedesPublishPacket, done: () => void): void => {
          onMessage(
            packet.topic,
            typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload,
          )
          done()
        }
        subscribed.push({ filter, hear })
        writer.add(filter, null)
        await new Promise<void>((resolve) => broker.subscribe(filter, hear, resolve))
        // A subscription without a socket does not bring what is retained.
        for await (const packet of retainedIn(broker).createRetainedStream(filter))
          onMessage(packet.topic, Buffer.from(packet.payload))
      }
    },
    // Nothing can come between a process and itself.
    onAgain() {},
    lostAtMs: () => null,
    async close() {
      for (const { filter, hear } of subscribed) {
        writer.remove(filter, null)
        await new Promise<void>((resolve) => broker.unsubscribe(filter, hear, resolve))
      }
    },
  }
}
