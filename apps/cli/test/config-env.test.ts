import { chooseSystems } from '@heavylift/server/choose-systems'
import { installedSystems } from '@heavylift/server/systems'
import { expect, test } from 'vitest'
import { readConfig } from '../src/installation.ts'

const systems = await chooseSystems(installedSystems, null)
const read = (env: Record<string, string>) =>
  readConfig({ systems, installed: systems.map(({ name }) => name), env })

test('every number of the configuration works from the environment [CORE-CONFIG-01]', () => {
  const options = read({}).options()
  const numbers = options.filter(({ defaultValue }) => typeof defaultValue === 'number')
  expect(numbers.length).toBeGreaterThan(30)
  const env = Object.fromEntries(
    numbers.map(({ envNames, defaultValue }) => [envNames[0]!, String(defaultValue)]),
  )
  const fromEnv = new Map(
    read({ ...env, HEAVYLIFT_LIVE_NATS_REPLICAS: '3' })
      .options()
      .map((option) => [option.path, option]),
  )
  for (const { path, defaultValue } of numbers)
    expect([path, fromEnv.get(path)?.value]).toEqual([path, path === 'live.natsReplicas' ? 3 : defaultValue])
})
