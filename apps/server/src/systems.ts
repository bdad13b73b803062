import type { AnySystem } from './services.ts'

/** One system of this installation, before anything of it is loaded. */
export interface InstalledSystem {
  name: string
  /** The sentence of its `defineSystem` once more, so that help can list it unloaded. */
  summary: string
  load(): Promise<AnySystem>
  /** One of its commands that is also a command of `heavylift` itself. */
  shortcut?: { name: string; summary: string }
}

/** Every system of this installation, in the order of the console's rail. Adding one is one entry here. */
export const installedSystems: readonly InstalledSystem[] = [
  {
    name: 'shop',
    summary: 'A shopping assistant for a store’s own catalog.',
    load: async () => (await import('@heavylift/shop/system')).shop,
    shortcut: { name: 'import', summary: 'Bring your own catalog into the shop (same as shop import).' },
  },
  {
    name: 'live',
    summary: 'Insights on live sport, on screen within a tenth of a second and scored against what happened.',
    load: async () => (await import('@heavylift/live/system')).live,
  },
  {
    name: 'address',
    summary: 'Reads a US address as a carrier would, and says what kind of place it is, with its evidence.',
    load: async () => (await import('@heavylift/address/system')).address,
  },
  {
    name: 'spec',
    summary: 'Turns a code base into a spec that is true and traceable, and keeps the two together.',
    load: async () => (await import('@heavylift/spec/system')).spec,
  },
  {
    name: 'drive',
    summary:
      'Runs driving software through scenarios, and says with figures whether it is fit to be released.',
    load: async () => (await import('@heavylift/drive/system')).drive,
  },
  {
    name: 'robots',
    summary: 'Plans the joint motion of thousands of warehouse robots, and checks every step of it.',
    load: async () => (await import('@heavylift/robots/system')).robots,
  },
  {
    name: 'ready',
    summary: 'A peak day without surprises: forecast, load, faults and a review, each with its evidence.',
    load: async () => (await import('@heavylift/ready/system')).ready,
  },
  {
    name: 'models',
    summary: 'One gateway in front of every model: routes, queues, caches and meters each call.',
    load: async () => (await import('@heavylift/models/system')).models,
  },
  {
    name: 'agents',
    summary: 'Anyone makes an agent, and it keeps its promises: durable runs, tools with rights, an owner.',
    load: async () => (await import('@heavylift/agents/system')).agents,
  },
  {
    name: 'jobs',
    summary:
      'Much work in chunks, on this machine or on Slurm, that survives any kill and ends in the same bytes.',
    load: async () => (await import('@heavylift/jobs/system')).jobs,
  },
  {
    name: 'fleet',
    summary: 'What capacity, which policy, at what cost: replays a cluster’s own logs under other rules.',
    load: async () => (await import('@heavylift/fleet/system')).fleet,
  },
]
