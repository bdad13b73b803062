import type { ElementRules } from '../xml/schema-table.ts'
import { SchemaTable } from '../xml/schema-table.ts'

const cubic = '@a @b @c @d'

const looks = 'how it looks; nothing drives by it'
const aboveRoad = 'a height above the plane of the road, on which poses are taken'
const metadata = 'says something about the file, not about the roads'
const pedestrians = 'people on foot do not go by it'
const rails = 'railways are looks here'
const placed = 'where it stands is said by s and t'
const boards = 'signs on boards are not read'

const roads: Record<string, ElementRules> = {
  OpenDRIVE: {
    used: 'road junction controller header',
    idle: [
      ['station', rails],
      ['junctionGroup', 'junctions of a roundabout are driven one by one'],
      ['vmsGroup', boards],
    ],
  },
  header: {
    used: '@revMajor @revMinor @name geoReference offset',
    idle: [
      ['@version @date @vendor license', metadata],
      ['@north @south @east @west', 'bounds follow from the roads'],
      ['defaultRegulations', 'rules of the country are not read; limits are those of roads and lanes'],
    ],
  },
  offset: { used: '@x @y @hdg', idle: [['@z', 'bodies stand on the ground']] },
  road: {
    used: '@name @length @id @junction @rule link type planView elevationProfile lateralProfile lanes objects signals',
    idle: [
      ['surface', aboveRoad],
      ['railroad', rails],
    ],
  },
  link: {
    used: 'predecessor successor',
    idle: [['neighbor', 'roads beside are found by their places']],
  },
  predecessor: { used: '@elementType @elementId @contactPoint @elementS @elementDir' },
  successor: { used: '@elementType @elementId @contactPoint @elementS @elementDir' },
  type: { used: '@s @type speed', idle: [['@country', 'rules of the country are not read']] },
  speed: { used: '@sOffset @max @unit' },
  planView: { used: 'geometry' },
  geometry: { used: '@s @x @y @hdg @length line arc spiral poly3 paramPoly3' },
  line: {},
  arc: { used: '@curvature' },
  spiral: { used: '@curvStart @curvEnd' },
  poly3: { used: cubic },
  paramPoly3: { used: '@aU @bU @cU @dU @aV @bV @cV @dV @pRange' },
  elevationProfile: { used: 'elevation' },
  elevation: { used: `@s ${cubic}` },
  lateralProfile: {
    used: 'superelevation crossfall shape',
    idle: [['crossSectionSurface', aboveRoad]],
  },
  superelevation: { used: `@s ${cubic}` },
  crossfall: { used: `@s @side ${cubic}` },
  shape: { used: `@s @t ${cubic}` },
}

const lanes: Record<string, ElementRules> = {
  lanes: { used: 'laneOffset laneSection' },
  laneOffset: { used: `@s ${cubic}` },
  laneSection: {
    used: '@s left center right',
    refused: [['@singleSide=false|0', 'lanes of a side are those of the section; give both sides']],
  },
  left: { used: 'lane' },
  right: { used: 'lane' },
  center: { used: 'lane' },
  lane: {
    used: '@id @type @level @direction link width border roadMark speed access',
    idle: [
      ['material', 'grip comes from the weather of the scenario'],
      ['height', aboveRoad],
      ['rule visibility', 'no driver reads it'],
      ['@advisory @roadWorks', 'advice to drivers'],
    ],
    refused: [
      ['@dynamicLaneDirection=false @dynamicLaneType=false', 'lanes stay what they are during a run'],
    ],
  },
  'center/lane': {
    used: '@id @type roadMark',
    idle: [
      [
        '@level link border width material speed access height rule',
        'the centre lane has no width, and nobody drives on it',
      ],
    ],
  },
  'lane/link': { used: 'predecessor successor' },
  'link/predecessor': { used: '@id @elementType @elementId @contactPoint @elementS @elementDir' },
  'link/successor': { used: '@id @elementType @elementId @contactPoint @elementS @elementDir' },
  width: { used: `@sOffset ${cubic}` },
  border: { used: `@sOffset ${cubic}` },
  access: { used: '@sOffset @restriction @rule restriction' },
  restriction: { used: '@type' },
  roadMark: {
    used: '@sOffset @type @weight @color @width @laneChange @material',
    idle: [['@height type explicit sway', looks]],
  },
}

const furniture: Record<string, ElementRules> = {
  objects: {
    used: 'object tunnel bridge',
    idle: [['objectReference', 'the object stands on its own road']],
  },
  object: {
    used: '@id @name @type @subtype @orientation @s @t @zOffset @hdg @length @width @height @radius repeat outline outlines validity',
    idle: [
      ['@pitch @roll @perpToRoad', 'objects stand upright'],
      ['@dynamic @validLength @temporary @invalid', 'objects stay where they are'],
      ['material markings borders skeleton', looks],
      ['surface', aboveRoad],
      ['parkingSpace', 'who may park there is not looked at'],
    ],
  },
  repeat: {
    used: '@s @length @distance @tStart @tEnd @widthStart @widthEnd @heightStart @heightEnd @zOffsetStart @zOffsetEnd',
    idle: [['@lengthStart @lengthEnd @radiusStart @radiusEnd @detachFromReferenceLine', looks]],
  },
  outlines: { used: 'outline' },
  outline: { used: '@closed @outer cornerRoad cornerLocal', idle: [['@id @fillType @laneType', looks]] },
  cornerRoad: { used: '@s @t @dz @height', idle: [['@id', looks]] },
  cornerLocal: { used: '@u @v @z @height', idle: [['@id', looks]] },
  validity: { used: '@fromLane @toLane', idle: [['@layer', metadata]] },
  tunnel: { used: '@s @length @name @id @type', idle: [['@lighting @daylight validity', looks]] },
  bridge: { used: '@s @length @name @id @type', idle: [['validity', looks]] },
  signals: { used: 'signal signalReference' },
  signal: {
    used: '@s @t @id @name @dynamic @orientation @zOffset @country @type @subtype @value @unit @height @width @text @hOffset validity dependency',
    idle: [
      ['@length @pitch @roll', looks],
      ['@countryRevision', 'signs are known by type and subtype'],
      ['reference positionRoad positionInertial', placed],
      ['semantics', 'signs are known by type and subtype'],
      ['staticBoard vmsBoard', boards],
      ['@validLength @temporary', 'signs count from where they stand on'],
    ],
    refused: [['@invalid=false', 'a sign that does not count; leave it out']],
  },
  dependency: { used: '@id @type' },
  signalReference: { used: '@s @t @id @orientation validity' },
}

const junctions: Record<string, ElementRules> = {
  junction: {
    used: '@id @name @type connection priority controller @mainRoad @sStart @sEnd @orientation',
    idle: [
      ['boundary planView objects', looks],
      ['surface elevationGrid', aboveRoad],
      ['crossPath', pedestrians],
      ['roadSection', rails],
    ],
  },
  connection: {
    used: '@incomingRoad @connectingRoad @linkedRoad @contactPoint laneLink',
    idle: [
      ['@id', 'nothing refers to it'],
      ['@type @connectionMaster predecessor successor', 'the links of the connecting road say the same'],
    ],
  },
  laneLink: { used: '@from @to', idle: [['@overlapZone', 'lanes overlap by their widths']] },
  priority: { used: '@high @low' },
  'junction/controller': { used: '@id', idle: [['@type @sequence', 'controllers run as the scenario says']] },
  controller: {
    used: '@id @name control',
    idle: [['@sequence', 'controllers run as the scenario says']],
  },
  control: { used: '@signalId @type' },
}

/** What may stand in every element. */
const anywhere: NonNullable<ElementRules['idle']> = [['userData include dataQuality', metadata]]

/**
 * OpenDRIVE 1.4–1.8 as the readers of this folder know it. What no version of the standard knows is only noted: roads of many tools hold such things, and what
 * a standard does not define cannot change how its roads are driven.
 */
export const knownOpenDrive = new SchemaTable(
  'OpenDRIVE 1.4–1.8',
  Object.fromEntries(
    Object.entries({ ...roads, ...lanes, ...furniture, ...junctions }).map(([element, rules]) => [
      element,
      { ...rules, idle: [...(rules.idle ?? []), ...anywhere] },
    ]),
  ),
  { unknown: 'noted' },
)
