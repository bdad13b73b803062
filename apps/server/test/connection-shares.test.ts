import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConnectionShares } from '../src/http/connection-shares.ts'
import type { Place } from '../src/http/connection-shares.ts'

function shares(total: number, perAddress: number, reserved: number) {
  const cutOff: string[] = []
  const all = new ConnectionShares({ total, perAddress, reserved })
  return { all, cutOff, take: (ip: string, name = ip) => all.take(ip, () => cutOff.push(name)) }
}

describe('shares of connections [SERVER-CONNECTIONS-01]', () => {
  it('give whoever comes the place of what has been idle for longest at whoever holds most', () => {
    const { cutOff, take } = shares(4, 4, 1)
    const first = take('10.0.0.1', 'first')
    for (const name of ['second', 'third', 'fourth']) take('10.0.0.1', name)
    first?.begin()()
    expect(take('10.0.0.2')?.isReserved).toBe(false)
    expect(cutOff).toEqual(['second'])
  })

  it('take a busy one of whoever holds most where none is idle, and leave equal holders alone', () => {
    const { cutOff, take } = shares(4, 4, 1)
    for (const name of ['a', 'b', 'c', 'd']) take('10.0.0.1', name)?.begin()
    take('10.0.0.2', 'e')?.begin()
    take('10.0.0.2', 'f')?.begin()
    expect(cutOff).toEqual(['a', 'b'])
    const reserved = take('10.0.0.2', 'g')
    reserved?.begin()
    expect(reserved?.isReserved).toBe(true)
    expect(take('10.0.0.1', 'h')).toBeNull()
  })

  it('end with the share of an address: then its own idle ones give way, and after those there is the reserve', () => {
    const { cutOff, take } = shares(100, 2, 1)
    take('10.0.0.1', 'a')?.begin()
    take('10.0.0.1', 'b')
    expect(take('10.0.0.1', 'c')?.isReserved).toBe(false)
    expect(cutOff).toEqual(['b'])
  })

  it('count an IPv6 /64 as one', () => {
    const { cutOff, take } = shares(100, 1, 1)
    take('2001:db8:1:2::1')
    take('2001:db8:1:2:ffff::9')
    expect(cutOff).toEqual(['2001:db8:1:2::1'])
  })

  it('keep the reserve for who comes last, and let one out of it once there is room', () => {
    const { all, cutOff, take } = shares(1, 1, 1)
    const busy = take('10.0.0.1')
    const over = busy?.begin()
    const reserved = take('10.0.0.1', 'reserved')
    expect(reserved?.isReserved).toBe(true)
    expect(take('10.0.0.1', 'next')?.isReserved).toBe(true)
    expect(cutOff).toEqual(['reserved'])
    over?.()
    busy?.release()
    expect(all.held).toBe(1)
  })

  it('never hold more than they may, whatever comes and goes, and a newcomer always gets in beside one who holds many', () => {
    const act = fc.record({
      ip: fc.integer({ min: 1, max: 5 }),
      kind: fc.constantFrom('take', 'begin', 'leave'),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
        const all = new ConnectionShares({ total: 8, perAddress: 6, reserved: 2 })
        const alive = new Set<{ ip: string; place: Place }>()
        for (const { ip: digit, kind } of acts) {
          const ip = `10.0.0.${digit}`
          const own = [...alive].find((one) => one.ip === ip)
          if (kind === 'take') {
            const held = { ip, place: null as unknown as Place }
            const place = all.take(ip, () => alive.delete(held))
            if (place !== null) alive.add(Object.assign(held, { place }))
          } else if (kind === 'begin') own?.place.begin()
          else if (own) {
            own.place.release()
            alive.delete(own)
          }
          expect(all.held).toBe(alive.size)
          expect(all.held).toBeLessThanOrEqual(10)
          for (let n = 1; n <= 5; n++) {
            const own = [...alive].filter((one) => one.ip === `10.0.0.${n}` && !one.place.isReserved)
            expect(own.length).toBeLessThanOrEqual(6)
          }
        }
        const most = Math.max(
          0,
          ...[1, 2, 3, 4, 5].map(
            (n) => [...alive].filter((one) => one.ip === `10.0.0.${n}` && !one.place.isReserved).length,
          ),
        )
        if (most > 1) expect(all.take('10.0.0.99', () => {})?.isReserved).toBe(false)
      }),
    )
  })
})
