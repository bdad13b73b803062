import type { Module } from '../parse/ir.ts'
import type { Site } from './values.ts'

/** What is known of places, whichever function they are said to be in. */
export class SiteMap<Value> {
  readonly #of = new Map<Module, Map<number, Value>>()

  /** What is known of a place, found by `make` where it is asked for first. */
  get(site: Site, make: () => Value): Value {
    let ofModule = this.#of.get(site.module)
    if (!ofModule) this.#of.set(site.module, (ofModule = new Map()))
    // Files are shorter than 64 MiB, so a number holds both ends.
    const key = site.start * 2 ** 26 + site.end
    const known = ofModule.get(key)
    if (known !== undefined) return known
    const made = make()
    ofModule.set(key, made)
    return made
  }
}
