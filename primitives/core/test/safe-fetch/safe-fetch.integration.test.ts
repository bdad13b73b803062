import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import * as http from 'node:http'
import * as https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createSafeFetch } from '../../src/safe-fetch/safe-fetch.ts'
import type { SafeFetchOptions } from '../../src/safe-fetch/safe-fetch.ts'

// 127.0.0.2 stands for the public internet (it is the one allowed network), 127.0.0.1 for the inner network.
const publicHost = '127.0.0.2'
const innerHost = '127.0.0.1'

const servers: (http.Server | https.Server)[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

interface Seen {
  path: string
  headers: http.IncomingHttpHeaders
}

async function serve(handle: http.RequestListener, host = publicHost, port = 0) {
  const seen: Seen[] = []
  const server = http.createServer((request, response) => {
    seen.push({ path: request.url ?? '', headers: request.headers })
    handle(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => {
    server.listen(port, host, resolve)
  })
  return { port: (server.address() as AddressInfo).port, seen }
}

/** Names by a table of answers: each lookup of a name takes the next one, the last one stays. */
function names(table: Record<string, string[][]>) {
  const asked: string[] = []
  return {
    asked,
    resolve: async (name: string) => {
      asked.push(name)
      const answers = table[name.replace(/\.$/, '')]
      if (!answers) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      return (answer ?? []).map((address) => ({ address, family: 4 }))
    },
  }
}

const client = (port: number | number[], options: SafeFetchOptions = {}) =>
  createSafeFetch({
    ports: [port].flat(),
    allowNetworks: [`${publicHost}/32`],
    resolve: names({
      'shop.example': [[publicHost]],
      'other.example': [[publicHost]],
      'inner.example': [[innerHost]],
    }).resolve,
    ...options,
  })

const refused = (code: string) => expect.objectContaining({ code })

describe('a fetch', () => {
  it('answers with status, headers, type and text, and sends the name it was given', async () => {
    const { port, seen } = await serve((_request, response) => {
      response.writeHead(201, { 'content-type': 'Text/Plain; charset=ISO-8859-1', 'x-a': 'b' })
      response.end(Buffer.from([0xfc]))
    })
    const answer = await client(port)(`http://shop.example:${port}/a?b=c#d`, { headers: { 'X-Own': 'yes' } })
    expect(answer).toMatchObject({
      status: 201,
      contentType: 'text/plain',
      url: `http://shop.example:${port}/a?b=c`,
    })
    expect([answer.text(), answer.headers.get('x-a')]).toEqual(['ü', 'b'])
    expect(seen[0]).toMatchObject({
      path: '/a?b=c',
      headers: { host: `shop.example:${port}`, 'x-own': 'yes', 'user-agent': 'Heavylift' },
    })
  })

  it('sends a body', async () => {
    const { port } = await serve((request, response) => void request.pipe(response))
    const answer = await client(port)(`http://shop.example:${port}/`, { method: 'POST', body: 'hello' })
    expect(answer.text()).toBe('hello')
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('undoes %s', async (encoding, compress) => {
    const { port } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding })
      response.end(compress('hello'))
    })
    expect((await client(port)(`http://shop.example:${port}/`)).text()).toBe('hello')
  })

  it.each(['host', 'Cookie', 'proxy-authorization', 'transfer-encoding', 'bad\r\nname'])(
    'does not let its caller set the header %j',
    async (name) => {
      await expect(client(80)('http://shop.example/', { headers: { [name]: 'x' } })).rejects.toEqual(
        refused('outbound-header-refused'),
      )
    },
  )

  it('sends the cookie of who is signed in where its maker says so', async () => {
    const { port } = await serve((request, response) => response.end(request.headers.cookie))
    const answer = await client(port, { sendsCookies: true })(`http://shop.example:${port}/`, {
      headers: { Cookie: 'session=7' },
    })
    expect(answer.text()).toBe('session=7')
  })

  it('does not let a header value add another header', async () => {
    await expect(client(80)('http://shop.example/', { headers: { a: 'x\r\nhost: y' } })).rejects.toEqual(
      refused('outbound-header-refused'),
    )
  })
})

describe('a name that points inside', () => {
  it('is refused before anything is connected', async () => {
    const inner = await serve((_request, response) => response.end('secret'), innerHost)
    const fetch = client(inner.port)
    for (const host of [
      'inner.example',
      'inner.example.',
      'INNER.example',
      innerHost,
      '2130706433',
      '0x7f.1',
      '[::1]',
    ]) {
      await expect(fetch(`http://${host}:${inner.port}/`)).rejects.toEqual(
        refused('outbound-address-refused'),
      )
    }
    expect(inner.seen).toEqual([])
  })

  it('is refused when it points outside as well', async () => {
    const { resolve } = names({ 'mixed.example': [[publicHost, innerHost]] })
    await expect(client(80, { resolve })('http://mixed.example/')).rejects.toEqual(
      refused('outbound-address-refused'),
    )
  })

  it('cannot change between the check and the connection [CORE-FETCH-02]', async () => {
    const outer = await serve((_request, response) => response.end('public'))
    const inner = await serve((_request, response) => response.end('secret'), innerHost, outer.port)
    const table = names({ 'rebind.example': [[publicHost], [innerHost]] })
    const fetch = client(outer.port, { resolve: table.resolve })
    const answer = await fetch(`http://rebind.example:${outer.port}/`)
    expect([answer.text(), table.asked]).toEqual(['public', ['rebind.example']])
    await expect(fetch(`http://rebind.example:${outer.port}/`)).rejects.toEqual(
      refused('outbound-address-refused'),
    )
    expect(inner.seen).toEqual([])
  })

  it('is reached when an operator allows its network', async () => {
    const inner = await serve((_request, response) => response.end('inner'), innerHost)
    const fetch = client(inner.port, { allowNetworks: ['127.0.0.0/8'] })
    expect((await fetch(`http://inner.example:${inner.port}/`)).text()).toBe('inner')
  })

  it('that does not exist is said to be unknown', async () => {
    await expect(client(80)('http://nowhere.example/')).rejects.toEqual(refused('outbound-name-unknown'))
  })
})

describe('a redirect', () => {
  const to =
    (location: string, status = 302): http.RequestListener =>
    (request, response) => {
      if (request.url === '/end') return void response.end('end')
      response.writeHead(status, { location }).end()
    }

  it('is followed, relative ones too', async () => {
    const { port } = await serve(to('/end'))
    expect(await client(port)(`http://shop.example:${port}/`)).toMatchObject({
      url: `http://shop.example:${port}/end`,
      status: 200,
    })
  })

  it.each([
    (port: number) => `http://inner.example:${port}/end`,
    (port: number) => `http://${innerHost}:${port}/end`,
    (port: number) => `//0177.1:${port}/end`,
    (port: number) => `http://[::ffff:127.0.0.1]:${port}/end`,
  ])('to the inside is refused: %s', async (location) => {
    const probe = await serve((_request, response) => response.end('secret'), innerHost)
    const outer = await serve(to(location(probe.port)))
    const fetch = client([outer.port, probe.port])
    await expect(fetch(`http://shop.example:${outer.port}/`)).rejects.toEqual(
      refused('outbound-address-refused'),
    )
    expect(probe.seen).toEqual([])
  })

  it.each([
    ['file:///etc/passwd', 'outbound-url-refused'],
    ['http://a:b@shop.example/', 'outbound-url-refused'],
    ['http://shop.example:22/', 'outbound-port-refused'],
  ])('to %s is refused', async (location, code) => {
    const { port } = await serve(to(location))
    await expect(client(port)(`http://shop.example:${port}/`)).rejects.toEqual(refused(code))
  })

  it('resolves the name again and checks it again [CORE-FETCH-03]', async () => {
    const outer = await serve(to('/end'))
    const { resolve } = names({ 'rebind.example': [[publicHost], [innerHost]] })
    await expect(client(outer.port, { resolve })(`http://rebind.example:${outer.port}/`)).rejects.toEqual(
      refused('outbound-address-refused'),
    )
    expect(outer.seen.map(({ path: asked }) => asked)).toEqual(['/'])
  })

  it('carries no credentials to another origin [CORE-FETCH-03]', async () => {
    const end = await serve((_request, response) => response.end('end'))
    const start = await serve(to(`http://other.example:${end.port}/`))
    const headers = { authorization: 'Bearer secret', 'x-signature': 'secret', accept: 'text/html' }
    await client([start.port, end.port])(`http://shop.example:${start.port}/`, { headers })
    expect(start.seen[0]?.headers.authorization).toBe('Bearer secret')
    expect(JSON.stringify(end.seen)).not.toContain('secret')
    expect(end.seen[0]?.headers.accept).toBe('text/html')
  })

  it('in a circle ends', async () => {
    const { port, seen } = await serve(to('/'))
    await expect(client(port, { maxRedirects: 3 })(`http://shop.example:${port}/`)).rejects.toEqual(
      refused('outbound-redirect-refused'),
    )
    expect(seen).toHaveLength(4)
  })

  it.each([302, 307])('of a write is refused (%i)', async (status) => {
    const { port, seen } = await serve(to('/end', status))
    await expect(client(port)(`http://shop.example:${port}/`, { method: 'POST', body: 'x' })).rejects.toEqual(
      refused('outbound-redirect-refused'),
    )
    expect(seen).toHaveLength(1)
  })
})

describe('limits', () => {
  it('end an answer that is too large, declared or not [CORE-FETCH-04]', async () => {
    const declared = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '5000000' })
      response.write('x')
    })
    await expect(client(declared.port)(`http://shop.example:${declared.port}/`)).rejects.toEqual(
      refused('outbound-too-large'),
    )
    let sent = 0
    const endless = await serve((_request, response) => {
      const more = (): void => {
        while (response.writable && response.write(Buffer.alloc(16_384))) sent += 16_384
      }
      response.on('drain', more)
      more()
    })
    await expect(
      client(endless.port, { maxBytes: 100_000 })(`http://shop.example:${endless.port}/`),
    ).rejects.toEqual(refused('outbound-too-large'))
    expect(sent).toBeLessThan(50_000_000)
  })

  it('end an answer that is too large while it is taken chunk by chunk, unfolded too [CORE-FETCH-04]', async () => {
    const { port } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(150_000)))
    })
    let taken = 0
    const consume = async (chunks: AsyncIterable<Uint8Array>, status: number) => {
      expect(status).toBe(200)
      for await (const { byteLength } of chunks) taken += byteLength
    }
    const { body } = await client(port)(`http://shop.example:${port}/`, { consume })
    expect([taken, body.byteLength]).toEqual([150_000, 0])
    taken = 0
    await expect(
      client(port, { maxBytes: 100_000 })(`http://shop.example:${port}/`, { consume }),
    ).rejects.toEqual(refused('outbound-too-large'))
    expect(taken).toBeLessThanOrEqual(100_000)
    const full = async () => Promise.reject(new Error('the disk is full'))
    await expect(client(port)(`http://shop.example:${port}/`, { consume: full })).rejects.toThrow(
      'the disk is full',
    )
  })

  it('end an answer that unfolds into too much [CORE-FETCH-04]', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    const { port } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(bomb)
    })
    await expect(client(port, { maxBytes: 100_000 })(`http://shop.example:${port}/`)).rejects.toEqual(
      refused('outbound-too-large'),
    )
  })

  it.each([
    ['gzip', Buffer.from('this is not gzip')],
    ['br', Buffer.from('this is not brotli')],
    ['gzip', gzipSync('hello').subarray(0, 12)],
    ['compress', Buffer.from('x')],
    ['constructor', Buffer.from('x')],
    ['gzip, gzip', gzipSync(gzipSync('x'))],
  ])('refuse a broken or unknown encoding: %s', async (encoding, body) => {
    const { port } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding })
      response.end(body)
    })
    await expect(client(port)(`http://shop.example:${port}/`)).rejects.toEqual(refused('outbound-encoding'))
  })

  it('refuse a type that was not asked for [CORE-FETCH-04]', async () => {
    const { port } = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-sh' })
      response.end('x')
    })
    await expect(
      client(port)(`http://shop.example:${port}/`, { contentTypes: ['text/html'] }),
    ).rejects.toEqual(refused('outbound-content-type'))
  })

  it('end a server that says nothing, before and within the answer', async () => {
    const silent = await serve(() => {})
    await expect(client(silent.port, { idleMs: 50 })(`http://shop.example:${silent.port}/`)).rejects.toEqual(
      refused('outbound-timeout'),
    )
    const half = await serve((_request, response) => void response.write('x'))
    await expect(client(half.port, { idleMs: 50 })(`http://shop.example:${half.port}/`)).rejects.toEqual(
      refused('outbound-timeout'),
    )
  })

  it('end a server that drips for ever [CORE-FETCH-04]', async () => {
    const { port } = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(timer))
    })
    await expect(client(port, { totalMs: 150 })(`http://shop.example:${port}/`)).rejects.toEqual(
      refused('outbound-timeout'),
    )
  })

  it('end a name server that does not answer', async () => {
    const resolve = () => new Promise<never>(() => {})
    await expect(client(80, { resolve, totalMs: 50 })('http://shop.example/')).rejects.toEqual(
      refused('outbound-timeout'),
    )
  })

  it("reject with the caller's own reason when it aborts", async () => {
    const { port } = await serve(() => {})
    const abort = new AbortController()
    const fetched = client(port)(`http://shop.example:${port}/`, { signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(fetched).rejects.toThrow('enough')
  })

  it('turn a broken connection into one kind of error', async () => {
    const { port } = await serve((request) => request.socket.destroy())
    await expect(client(port)(`http://shop.example:${port}/`)).rejects.toEqual(refused('outbound-failed'))
    await expect(client(1)('http://shop.example:1/')).rejects.toEqual(refused('outbound-failed'))
  })
})

const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

// Node cannot make certificates; without the openssl program there is none to serve.
describe.skipIf(!hasOpenssl)('https', () => {
  async function serveTls() {
    const dir = mkdtempSync(path.join(tmpdir(), 'heavylift-tls-'))
    const [keyFile, certFile] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')]
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
        '-subj',
        '/CN=shop.example',
        '-addext',
        'subjectAltName=DNS:shop.example',
        '-keyout',
        keyFile,
        '-out',
        certFile,
      ],
      { stdio: 'ignore' },
    )
    const [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')]
    rmSync(dir, { recursive: true })
    const server = https.createServer({ key, cert }, (_request, response) => {
      response.writeHead(200).end('safe')
    })
    servers.push(server)
    await new Promise<void>((resolve) => {
      server.listen(0, publicHost, resolve)
    })
    return { port: (server.address() as AddressInfo).port, cert }
  }

  it('checks the certificate against the name, though it connects to the address', async () => {
    const { port, cert } = await serveTls()
    const fetch = client(port, { ca: cert })
    expect((await fetch(`https://shop.example:${port}/`)).text()).toBe('safe')
    await expect(fetch(`https://other.example:${port}/`)).rejects.toEqual(refused('outbound-failed'))
  })

  it('refuses a certificate that nobody vouches for', async () => {
    const { port } = await serveTls()
    await expect(client(port)(`https://shop.example:${port}/`)).rejects.toEqual(refused('outbound-failed'))
  })

  it('is not left by a redirect', async () => {
    const plain = await serve((_request, response) => response.end('x'))
    const { port, cert } = await serveTls()
    const fetch = client([port, plain.port], { ca: cert })
    const tls = servers.at(-1)
    tls?.removeAllListeners('request')
    tls?.on('request', (_request: http.IncomingMessage, response: http.ServerResponse) => {
      response.writeHead(302, { location: `http://shop.example:${plain.port}/` }).end()
    })
    await expect(fetch(`https://shop.example:${port}/`)).rejects.toEqual(refused('outbound-redirect-refused'))
    expect(plain.seen).toEqual([])
  })
})
