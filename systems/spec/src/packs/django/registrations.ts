import type { ArgValue, Site, Value } from '../../resolve/values.ts'
import { placeKey } from '../../resolve/values.ts'

export interface Registration {
  args: ArgValue[]
  site: Site
}

/**
 * What routers of Django REST framework are given, by the router. A place in a function makes another router each time that the function is called: they are
 * told apart by what they were made with, which a copy of a value keeps.
 */
export class Registrations {
  readonly #all: (Registration & { maker: unknown; place: string | null })[] = []
  /** Where routers are made or taken in that nothing was seen to be registered with. */
  readonly empty = new Map<string, Site>()

  add(router: Value, args: ArgValue[], site: Site): void {
    const place = router.t === 'symbol' && router.site ? placeKey(router.site) : null
    this.#all.push({ args, site, maker: makerOf(router), place })
  }

  /** What is registered with a router; where its maker is not known, with the only one that its place makes. */
  of(router: Value): Registration[] {
    const place = router.t === 'symbol' && router.site ? placeKey(router.site) : null
    return this.#of(makerOf(router), place)
  }

  /** What is registered with what a registration gives (drf-extensions). */
  below({ args, site }: Registration): Registration[] {
    return this.#of(args, placeKey(site))
  }

  all(): Registration[] {
    return this.#all
  }

  #of(maker: unknown, place: string | null): Registration[] {
    const own = this.#all.filter((one) => one.maker === maker)
    if (own.length > 0 || place === null) return own
    const there = this.#all.filter((one) => one.place === place)
    return new Set(there.map((one) => one.maker)).size === 1 ? there : []
  }
}

const makerOf = (value: Value): unknown => (value.t === 'symbol' && value.site ? value.args : value)
