import mqtt from 'mqtt'
import type { Bus } from './bus.ts'

export interface BusAddress {
  /** `mqtt://127.0.0.1:1883` or `mqtts://…`. */
  url: string
  user?: string
  password?: string
  /** PEM text of who signed the broker's certificate, where the system does not know it. */
  ca?: string
}

/** Connects to a broker, and again whenever the connection is lost. Messages of the time between are not kept: what matters is sent again. */
export async function connectBus({ url, user, password, ca }: BusAddress, signal: AbortSignal): Promise<Bus> {
  const client = mqtt.connect(url, {
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 100,
    connectTimeout: 5_000,
    queueQoSZero: false,
    resubscribe: true,
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca: [ca] }),
  })
  // What went wrong with one try; the next one follows.
  client.on('error', () => undefined)
  const end = (): void => void client.end(true)
  signal.addEventListener('abort', end, { once: true })
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve())
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
  let lostAtMs: number | null = null
  client.on('close', () => (lostAtMs ??= Date.now()))
  client.on('connect', () => (lostAtMs = null))
  return {
    publish(path, text) {
      if (client.connected) client.publish(path, text, { qos: 0 })
    },
    onAgain(heard) {
      // Subscriptions are taken anew first.
      client.on('connect', () => setImmediate(heard))
    },
    async subscribe(filters, onMessage) {
      client.on('message', (path, payload) => onMessage(path, payload))
      await client.subscribeAsync([...filters], { qos: 1 })
    },
    lostAtMs: () => lostAtMs,
    async close() {
      signal.removeEventListener('abort', end)
      await client.endAsync(true)
    },
  }
}
