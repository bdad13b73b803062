import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bareHost, parseOutboundUrl } from '../../src/safe-fetch/outbound-url.ts'
import { isPublicAddress, networkList } from '../../src/safe-fetch/public-address.ts'
import { pinAddress } from '../../src/safe-fetch/resolve-host.ts'

const byte = fc.integer({ min: 0, max: 255 })
type Quad = [number, number, number, number]

/** Any IPv4 address that must not be reached. */
const innerQuad: fc.Arbitrary<Quad> = fc.oneof(
  fc.tuple(fc.constantFrom(0, 10, 127), byte, byte, byte),
  fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
  fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte, byte),
  fc.tuple(fc.integer({ min: 224, max: 255 }), byte, byte, byte),
)
const anyQuad: fc.Arbitrary<Quad> = fc.tuple(byte, byte, byte, byte)

const asNumber = ([a, b, c, d]: Quad): number => a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d

/** One number as decimal, octal or hex. */
const written = (value: number, style: number): string =>
  style === 0 ? String(value) : style === 1 ? `0${value.toString(8)}` : `0x${value.toString(16)}`

/** The ways that the URL standard lets an IPv4 host be written. */
function forms(quad: Quad, styles: number[]): string[] {
  const [a, b, c, d] = quad
  const style = (i: number): number => styles[i] ?? 0
  const full = quad.map((part, i) => written(part, style(i))).join('.')
  return [
    written(asNumber(quad), style(0)),
    `${written(a, style(0))}.${written(b * 2 ** 16 + c * 2 ** 8 + d, style(1))}`,
    `${written(a, style(0))}.${written(b, style(1))}.${written(c * 2 ** 8 + d, style(2))}`,
    full,
    `${full}.`,
    full.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    full.replaceAll('.', '\u3002'),
  ]
}

const hex = (value: number): string => value.toString(16)

/** IPv6 addresses that carry an IPv4 address. */
function embeddings([a, b, c, d]: Quad): string[] {
  const high = hex(a * 256 + b)
  const low = hex(c * 256 + d)
  const dotted = `${a}.${b}.${c}.${d}`
  return [
    `::ffff:${dotted}`,
    `::ffff:${high}:${low}`,
    `::${dotted}`,
    `::ffff:0:${high}:${low}`,
    `64:ff9b::${dotted}`,
    `64:ff9b:1::${high}:${low}`,
    `2002:${high}:${low}::1`,
    `2001:0:${high}:${low}:0:0:0:1`,
    `fe80::5efe:${dotted}`,
  ]
}

const neverResolve = (): never => {
  throw new Error('an address was resolved as a name')
}

async function refusal(url: string): Promise<string> {
  try {
    const parsed = parseOutboundUrl(url, [80])
    const { address } = await pinAddress(bareHost(parsed), neverResolve, () => false)
    return `connects to ${address}`
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

describe('inner addresses', () => {
  it('are refused however their host is written [CORE-FETCH-01]', async () => {
    await fc.assert(
      fc.asyncProperty(
        innerQuad,
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4 }),
        async (quad, styles) => {
          for (const host of forms(quad, styles)) {
            expect([host, await refusal(`http://${host}/`)]).toEqual([host, 'outbound-address-refused'])
          }
        },
      ),
    )
  })

  it('are refused inside an IPv6 address, as is every other IPv4 address there [CORE-FETCH-01]', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuad, async (quad) => {
        for (const address of embeddings(quad)) {
          expect([address, isPublicAddress(address)]).toEqual([address, false])
          expect([address, await refusal(`http://[${address}]/`)]).toEqual([
            address,
            'outbound-address-refused',
          ])
        }
      }),
    )
  })

  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '169.254.169.254',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.19.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    '4000::1',
    'not an address',
    '',
    '010.0.0.1',
    '1.1.1',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '169.253.255.255',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450::1',
    '2001:200::1',
    '2003::1',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('an allowed network', () => {
  it('opens exactly its addresses', () => {
    const isAllowed = networkList(['10.1.2.0/24', 'fd00:1::/64'])
    expect(['10.1.2.0', '10.1.2.255', 'fd00:1::9'].map(isAllowed)).toEqual([true, true, true])
    expect(['10.1.3.0', '10.1.1.255', 'fd00:2::9', 'x'].map(isAllowed)).toEqual([false, false, false, false])
  })

  it.each(['10.0.0.0', '10.0.0.0/33', 'example.com/8', '::/129'])(
    'is refused when written as %s',
    (network) => {
      expect(() => networkList([network])).toThrow(network)
    },
  )
})

describe('an address to fetch', () => {
  it.each([
    ['ftp://example.com/', 'outbound-url-refused'],
    ['file:///etc/passwd', 'outbound-url-refused'],
    ['data:text/plain,x', 'outbound-url-refused'],
    ['javascript:alert(1)', 'outbound-url-refused'],
    ['//example.com/', 'outbound-url-refused'],
    ['http://', 'outbound-url-refused'],
    ['http://user@example.com/', 'outbound-url-refused'],
    ['http://example.com:pass@127.0.0.1/', 'outbound-url-refused'],
    ['http://:pass@example.com/', 'outbound-url-refused'],
    ['http://example.com:22/', 'outbound-port-refused'],
    ['https://example.com/', 'outbound-port-refused'],
  ])('%s is refused as %s', (url, code) => {
    expect(() => parseOutboundUrl(url, [80])).toThrowError(expect.objectContaining({ code }))
  })

  it.each([
    ['http://EXAMPLE.com./a', 'example.com.'],
    ['http://b\u00fccher.example/', 'xn--bcher-kva.example'],
    ['http://\u24d4xample.com/', 'example.com'],
    ['http:\\\\example.com\\@127.0.0.1/', 'example.com'],
  ])('%s has the host %s', (url, host) => {
    expect(parseOutboundUrl(url, [80]).hostname).toBe(host)
  })
})

describe('a name', () => {
  const pin = (...addresses: string[]) =>
    pinAddress(
      'shop.example',
      async () => addresses.map((address) => ({ address, family: 4 })),
      () => false,
    )

  it('is pinned to its first address', async () => {
    expect(await pin('1.1.1.1', '8.8.8.8')).toEqual({ address: '1.1.1.1', family: 4 })
  })

  it('is refused when any of its addresses is not public', async () => {
    await expect(pin('1.1.1.1', '10.0.0.1')).rejects.toMatchObject({ code: 'outbound-address-refused' })
    await expect(pin('10.0.0.1', '1.1.1.1')).rejects.toMatchObject({ code: 'outbound-address-refused' })
    await expect(pin('1.1.1.1', '::ffff:127.0.0.1')).rejects.toMatchObject({
      code: 'outbound-address-refused',
    })
  })

  it('is refused without naming the inner address', async () => {
    await expect(pin('10.77.88.99')).rejects.not.toMatchObject({ message: expect.stringContaining('10.77') })
  })

  it('without an address is unknown', async () => {
    await expect(pin()).rejects.toMatchObject({ code: 'outbound-name-unknown' })
  })
})
