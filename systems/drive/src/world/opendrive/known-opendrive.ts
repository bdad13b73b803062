import type { ElementRule } from '../xml/known-elements.ts'
import { KnownElements } from '../xml/known-elements.ts'

const cubic = 'a b c d'

/** Roads. Poses are flat: what lies above or below the ground is kept or changes nothing. */
const roads: Record<string, ElementRule> = {
  OpenDRIVE: { children: 'road junction controller' },
  road: {
    reads: 'name length id junction rule',
    children: 'link type planView elevationProfile lateralProfile lanes objects signals',
  },
  link: { children: 'predecessor successor' },
  predecessor: { reads: 'elementType elementId contactPoint' },
  successor: { reads: 'elementType elementId contactPoint' },
  type: { reads: 's type', allows: 'country', children: 'speed' },
  speed: { reads: 'sOffset max unit' },
  planView: { children: 'geometry' },
  geometry: { reads: 's x y hdg length', children: 'line arc spiral poly3 paramPoly3' },
  line: {},
  arc: { reads: 'curvature' },
  spiral: { reads: 'curvStart curvEnd' },
  poly3: { reads: cubic },
  paramPoly3: { reads: 'aU bU cU dU aV bV cV dV pRange' },
  elevationProfile: { children: 'elevation' },
  elevation: { reads: `s ${cubic}` },
  lateralProfile: { children: 'superelevation shape' },
  superelevation: { reads: `s ${cubic}` },
  shape: { reads: `s t ${cubic}` },
  lanes: { children: 'laneOffset laneSection' },
  laneOffset: { reads: `s ${cubic}` },
  laneSection: { reads: 's', allows: 'singleSide=false|0', children: 'left center right' },
  left: { children: 'lane' },
  center: { children: 'lane' },
  right: { children: 'lane' },
  lane: {
    reads: 'id type level',
    allows: 'direction=standard dynamicLaneDirection=false dynamicLaneType=false roadWorks=false',
    children: 'link width border roadMark speed access',
  },
  'lane/link': { children: 'predecessor successor' },
  'link/predecessor': { reads: 'id elementType elementId contactPoint' },
  'link/successor': { reads: 'id elementType elementId contactPoint' },
  width: { reads: `sOffset ${cubic}` },
  border: { reads: `sOffset ${cubic}` },
  // Who may drive there is not looked at: a restriction is refused.
  access: { allows: 'sOffset restriction=none rule=allow|none' },
  roadMark: {
    reads: 'sOffset type weight color width laneChange material',
    allows: 'height',
  },
}

const furniture: Record<string, ElementRule> = {
  objects: { children: 'object objectReference tunnel bridge' },
  object: {
    reads: 'id name type subtype orientation s t zOffset hdg length width height radius',
    allows: 'pitch roll dynamic validLength perpToRoad',
    children: 'repeat outline outlines validity',
  },
  repeat: {
    reads: 's length distance tStart tEnd widthStart widthEnd heightStart heightEnd zOffsetStart zOffsetEnd',
    allows: 'lengthStart lengthEnd radiusStart radiusEnd',
  },
  outlines: { children: 'outline' },
  outline: {
    reads: 'closed outer',
    allows: 'id fillType laneType',
    children: 'cornerRoad cornerLocal',
  },
  cornerRoad: { reads: 's t dz height', allows: 'id' },
  cornerLocal: { reads: 'u v z height', allows: 'id' },
  validity: { reads: 'fromLane toLane', allows: 'layer' },
  // Refused by its reader, which says what to do instead.
  objectReference: { allows: 's t id zOffset validLength orientation', children: 'validity' },
  tunnel: { reads: 's length name id type', allows: 'lighting daylight', children: 'validity' },
  bridge: { reads: 's length name id type', children: 'validity' },
  signals: { children: 'signal signalReference' },
  signal: {
    reads:
      's t id name dynamic orientation zOffset country type subtype value unit height width text hOffset',
    allows: 'countryRevision length pitch roll invalid=false temporary validLength',
    children: 'validity dependency',
  },
  dependency: { reads: 'id type' },
  signalReference: { reads: 's t id orientation', children: 'validity' },
}

const junctions: Record<string, ElementRule> = {
  junction: {
    reads: 'id name type',
    children: 'connection priority controller',
  },
  connection: {
    reads: 'incomingRoad connectingRoad contactPoint',
    allows: 'id type=default',
    children: 'laneLink',
  },
  laneLink: { reads: 'from to', allows: 'overlapZone' },
  priority: { reads: 'high low' },
  'junction/controller': { reads: 'id', allows: 'type sequence' },
  controller: { reads: 'id name', allows: 'sequence', children: 'control' },
  control: { reads: 'signalId type' },
}

/**
 * OpenDRIVE 1.4–1.7 as the readers of this folder know it. What is passed over whatever is in it: metadata; looks (lane material, how marks are
 * painted, objects' surfaces, markings and skeletons); heights of lanes above the road and road surfaces, as poses are flat; parking spaces' rights;
 * railways; where a signal stands on the ground, which s and t say already; roads' neighbours and groups of junctions.
 */
export const knownOpenDrive = new KnownElements(
  { ...roads, ...furniture, ...junctions },
  'header userData include dataQuality material height sway explicit skeleton parkingSpace markings borders surface railroad station junctionGroup neighbor positionRoad positionInertial reference',
)
