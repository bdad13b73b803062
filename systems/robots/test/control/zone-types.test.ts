import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { controlZoneTypes, vdaZoneTypes } from '../../src/control/zone-types.ts'
import { controlRoutes } from '../../src/routes/control.ts'

/** The list of types as the published schema has it, wherever in it that is. */
function typesOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { zoneType } = schema as { zoneType?: { enum?: string[] } }
  return (
    zoneType?.enum ??
    Object.values(schema)
      .map(typesOf)
      .find(({ length }) => length > 0) ??
    []
  )
}

test('every zone type of VDA 5050 is decided on, and who asks for one that is not made is told why [ROBOTS-CONTROL-11]', () => {
  const file = new URL('../../src/control/vda5050/schemas/3.0.0/zoneSet.json', import.meta.url)
  const published = typesOf(JSON.parse(readFileSync(file, 'utf8')))
  expect(published.length).toBeGreaterThan(5)
  expect(vdaZoneTypes.map(({ type }) => type).toSorted()).toEqual(published.toSorted())
  const draw = controlRoutes({} as never).find(
    ({ method, path }) => method === 'post' && path === '/floors/:floorId/zones',
  )
  const ask = (type: string) =>
    draw?.body?.safeParse({ type, top: 1, left: 1, bottom: 2, right: 2, reason: 'spill' })
  for (const { type, isSent, why } of vdaZoneTypes) {
    const asked = ask(type)
    expect(asked?.success).toBe(isSent)
    if (!isSent) expect(asked?.error?.issues[0]?.message).toContain(why)
  }
  for (const type of controlZoneTypes) expect(ask(type)?.success).toBe(true)
  expect(ask('NONSENSE')?.error?.issues[0]?.message).toContain('BLOCKED')
})
