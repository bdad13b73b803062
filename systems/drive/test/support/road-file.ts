import { parseOpenDrive } from '../../src/world/opendrive/parse-opendrive.ts'
import type { RoadNetwork } from '../../src/world/opendrive/road-network.ts'
import { parseXml } from '../../src/world/xml/parse-xml.ts'

export function lane(id: number, width = 3.5, link = ''): string {
  const linked = link === '' ? '' : `<link>${link}</link>`
  return `<lane id="${id}" type="driving">${linked}<width sOffset="0" a="${width}" b="0" c="0" d="0"/></lane>`
}

/** Two lanes to the right, one to the left. */
export const threeLanes = `<laneSection s="0"><left>${lane(1)}</left><center><lane id="0" type="none"/></center><right>${lane(-1)}${lane(-2, 3)}</right></laneSection>`

export function road({
  id = '1',
  length = 100,
  link = '',
  junction = '-1',
  geometry = `<geometry s="0" x="0" y="0" hdg="0" length="${length}"><line/></geometry>`,
  lanes = threeLanes,
  more = '',
}: Partial<Record<'id' | 'link' | 'junction' | 'geometry' | 'lanes' | 'more', string>> & {
  length?: number
}): string {
  return `<road id="${id}" length="${length}" junction="${junction}"><link>${link}</link><planView>${geometry}</planView><lanes>${lanes}</lanes>${more}</road>`
}

export function network(...parts: string[]): RoadNetwork {
  return parseOpenDrive(parseXml(`<OpenDRIVE><header/>${parts.join('\n')}</OpenDRIVE>`, 'road.xodr'))
}
