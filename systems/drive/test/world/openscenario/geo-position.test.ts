import { expect, test } from 'vitest'
import { parseOpenDrive } from '../../../src/world/opendrive/parse-opendrive.ts'
import { writeOpenDrive } from '../../../src/world/opendrive/write-opendrive.ts'
import { checkPlaces } from '../../../src/world/openscenario/check-places.ts'
import { parseOpenScenario } from '../../../src/world/openscenario/parse-openscenario.ts'
import { ReadingNotes } from '../../../src/world/openscenario/reading-notes.ts'
import { writeOpenScenario } from '../../../src/world/openscenario/write-openscenario.ts'
import { Simulation } from '../../../src/world/simulator/simulation.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'
import { road } from '../../support/road-file.ts'
import { file, speed } from '../../support/scenario-file.ts'

const mercator = '+proj=tmerc +lat_0=49 +lon_0=8 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs'

function roads(projection: string, offset = '') {
  const held = projection && `<geoReference><![CDATA[ ${projection} ]]></geoReference>`
  return parseOpenDrive(
    parseXml(`<OpenDRIVE><header>${offset}${held}</header>${road({ length: 2000 })}</OpenDRIVE>`, 'r.xodr'),
  )
}

const placed = (attributes: string, held = '') =>
  file({
    init: `<Private entityRef="a"><PrivateAction><TeleportAction><Position><GeoPosition ${attributes}>${held}</GeoPosition></Position></TeleportAction></PrivateAction>${speed(0)}</Private>`,
  })

/** x, y and heading of who is put at a place on earth. */
function poseAt(attributes: string, network = roads(mercator), held = ''): number[] {
  const notes = new ReadingNotes()
  const scenario = parseOpenScenario(
    parseXml(placed(attributes, held), 'made.xosc'),
    new Map(),
    new Map(),
    notes,
  )
  checkPlaces(notes, network)
  const simulation = new Simulation(scenario, network)
  simulation.step(0)
  const { world } = simulation
  return [world.x[0] as number, world.y[0] as number, world.heading[0] as number]
}

// By pyproj 3.7.2 (PROJ 9.5.1): 8.01° E, 49.01° N in that projection.
const [east, north] = [731.5714344414738, 1112.146537935442]
const near = 'longitudeDeg="8.01" latitudeDeg="49"'

test('a place on earth is found by the projection of the roads, along the nearest one or as it says [DRIVE-OSC-17]', () => {
  const [x, y, heading] = poseAt('longitudeDeg="8.01" latitudeDeg="49.01"')
  expect(x).toBeCloseTo(east, 6)
  expect(y).toBeCloseTo(north, 6)
  expect(heading).toBeCloseTo(0, 9)
  expect(poseAt(near, roads(mercator), '<Orientation type="absolute" h="1"/>')[2]).toBeCloseTo(1, 9)
  // Radians, as up to OpenSCENARIO 1.1.
  const degree = Math.PI / 180
  expect(poseAt(`longitude="${8.01 * degree}" latitude="${49.01 * degree}"`)[0]).toBeCloseTo(east, 5)
})

test('the offset of the header moves and turns the plane, and both are written again [DRIVE-OSC-17]', () => {
  const network = roads(mercator, `<offset x="${east}" y="${north}" z="0" hdg="${Math.PI / 2}"/>`)
  const at = poseAt('longitudeDeg="8.01" latitudeDeg="49.02"', network)
  // A hundredth of a degree further north: along x, since the file's x points north.
  expect(at[0]).toBeGreaterThan(1111)
  expect(Math.abs(at[1] as number)).toBeLessThan(0.2)
  const again = parseOpenDrive(parseXml(writeOpenDrive(network), 'again.xodr'))
  expect(again.geoReference).toEqual(network.geoReference)
  const scenario = parseOpenScenario(parseXml(placed(near), 'made.xosc'), new Map(), new Map())
  expect(writeOpenScenario(scenario)).toContain('<GeoPosition longitudeDeg="8.01" latitudeDeg="49"/>')
})

test.each([
  ['', near, /GeoPosition> needs roads whose <header> says by a <geoReference>/],
  ['nonsense', near, /GeoPosition> cannot be found by the <geoReference> of the roads, "nonsense"/],
  [mercator, 'longitudeDeg="8" latitudeDeg="91"', /between -90° and 90°, got 91°/],
  [mercator, 'longitudeDeg="8"', /GeoPosition> needs the attribute latitudeDeg/],
])('roads of "%s" with %s are refused by place and reason [DRIVE-OSC-17]', (projection, attributes, said) => {
  expect(() => poseAt(attributes, roads(projection))).toThrow(said)
})
