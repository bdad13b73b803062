import type { Tile } from '@heavylift/core'
import type { ComponentType } from 'react'

/** One result of the top bar's search. */
export interface SearchHit {
  label: string
  detail: string
  /** Path in the console. */
  to: string
}

export interface MiniatureProps {
  /** `Tile.picture`, whose shape the system knows; undefined before the first tile arrives. */
  picture: unknown
}

export interface ConsoleRoute {
  /** Below `/<system>`, with `$name` parameters, e.g. `/catalog/$productId`. */
  path: string
  /** Loaded when the page is opened. */
  load: () => Promise<{ default: ComponentType }>
}

/** What a system adds to the console; its `console/` folder exports one, and `systems.ts` lists it. */
export interface ConsoleSystem {
  name: string
  routes: ConsoleRoute[]
  /** The live picture on the home page. */
  loadMiniature?: () => Promise<{ default: ComponentType<MiniatureProps> }>
  /** Where "try it" (`href`: outside the console, in a new tab) and "use your data" lead. */
  tryIt?: { label: string } & ({ href: string } | { to: string })
  useYourData?: { label: string; to: string }
  /** Things of this system that the top bar finds. */
  search?: (text: string, signal: AbortSignal) => Promise<{ group: string; hits: SearchHit[] }[]>
  /** Headline of the tile's number, where the tile's own label needs words around it. */
  tileNote?: (tile: Tile) => string
}
