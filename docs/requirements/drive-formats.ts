import type { Requirement } from './requirement.ts'

export const driveFormats: Requirement[] = [
  {
    id: 'DRIVE-COMMONROAD-01',
    source: 'docs/design/drive.md#evals',
    behaviour:
      'CommonRoad scenes of 2018b and 2020a are read: lanelets as lanes of roads, recorded traffic, planning problems; what is wrong is said with its place.',
  },
  {
    id: 'DRIVE-COMMONROAD-02',
    source: 'docs/design/drive.md#evals',
    behaviour:
      'A planning problem is solved where its goal is met in its time on the lanelets without a collision; a version drives it among the recorded traffic.',
  },
  {
    id: 'DRIVE-REALISM-01',
    source: 'docs/design/drive.md#evals; https://arxiv.org/abs/2305.12032',
    behaviour:
      'Recorded tracks are described by speeds, turns, distances to others and to the edge of the road, and time to collision, as the Sim Agents challenge defines them.',
  },
  {
    id: 'DRIVE-REALISM-02',
    source: 'docs/design/drive.md#evals; https://arxiv.org/abs/2305.12032',
    behaviour:
      'How likely a recording is by rollouts of a traffic model is told for each feature and weighted; the recording itself is the most likely, and the same seeds give the same figure.',
  },
  {
    id: 'DRIVE-REALISM-03',
    source: 'docs/design/drive.md#evals',
    behaviour:
      'drive.realism scores traffic with parameters fitted on other sources only, counts each recording once and no simulator’s traffic, and says in a sentence what clearance in made traffic is worth.',
  },
  {
    id: 'DRIVE-FORMATS-01',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Every element and attribute of the schemas of OpenDRIVE 1.4 to 1.8 is used, without effect here and counted, or refused by name and place with the reason; what no version knows is noted.',
  },
  {
    id: 'DRIVE-FORMATS-02',
    source: 'docs/design/drive.md#evals',
    behaviour:
      'Rules of OpenDRIVE that a file breaks are named in words, each with its place; the file is read where its roads can be driven.',
  },
  {
    id: 'DRIVE-FORMATS-03',
    source: 'docs/design/drive.md#evals',
    behaviour: 'drive formats says of files whether they are read, why not, and what is wrong with them.',
  },
  {
    id: 'DRIVE-FORMATS-04',
    source: 'systems/drive/README.md#commands',
    behaviour:
      'A file of roads is run, viewed and recorded like a scenario: a car drives along one of its lanes.',
  },
  {
    id: 'DRIVE-VARY-01',
    source: 'docs/design/drive.md#evals',
    behaviour:
      'Every combination of a parameter distribution that meets the scenario’s constraints runs to its end, the others are left out and counted; failures name file and combination.',
  },
  {
    id: 'DRIVE-VARY-02',
    source: 'docs/design/drive.md#evals',
    behaviour:
      'A scenario that was loaded beside other combinations of its parameters is the one that is loaded alone.',
  },
  {
    id: 'DRIVE-WRITE-01',
    source: 'docs/design/drive.md#world',
    behaviour: 'Roads that are written as OpenDRIVE are read as the same roads.',
  },
  {
    id: 'DRIVE-WRITE-02',
    source: 'docs/design/drive.md#world',
    behaviour: 'A scenario that is written as OpenSCENARIO is read as the same scenario and runs the same.',
  },
  {
    id: 'DRIVE-FILES-02',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Whatever is wrong with a file, the reader refuses it with a message or reads it; it never crashes or hangs.',
  },
  {
    id: 'DRIVE-FILES-03',
    source: 'docs/design/drive.md#world',
    behaviour:
      'What changes no run (metadata, looks, heights above flat ground) is passed over by a list; every other element or attribute that no reader knows is refused by name.',
  },
  {
    id: 'DRIVE-FILES-06',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Every element and attribute of the schemas of OpenSCENARIO XML 1.0–1.3 is in a table as used, without effect, or not supported, with the reason; the readers do as it says.',
  },
  {
    id: 'DRIVE-FILES-07',
    source: 'docs/design/drive.md#world',
    behaviour:
      'What cannot be (a place beside every lane, a body or delay below zero, an entity beside itself, a number beyond all) is refused with its place; a number that is none ends the run; a lenient reading leaves out what is refused and notes each.',
  },
  {
    id: 'DRIVE-FILES-08',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Roads and catalogs are found below folders that the user gives, files are read in the encodings of XML and with its own entities, catalogs are looked at where somebody uses them, and each message says what to do.',
  },
  {
    id: 'DRIVE-OSC-14',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Expressions have the constants and operators of the standard; parameters of stories, maneuvers and catalogs are seen within them; constraints hold for texts, truths and dates; roads, triggers and single entities may be left out or named together.',
  },
  {
    id: 'DRIVE-OSC-15',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Time, speeds, distances, profiles and trajectories go as recorded states of a reference simulator show.',
  },
  {
    id: 'DRIVE-OSC-16',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Swarms, sources, sinks and areas of traffic begin and end when the storyboard says, where it says, with as many vehicles of the kinds that it names.',
  },
  {
    id: 'DRIVE-OSC-17',
    source: 'standard: ASAM OpenSCENARIO XML 1.3, GeoPosition; standard: ASAM OpenDRIVE 1.8, geoReference',
    behaviour:
      'A place by latitude and longitude is found by the projection that the roads name, with the offset of their header; without one it is refused by place and reason.',
  },
  {
    id: 'DRIVE-OSC-04',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Speed profiles and synchronised arrivals are driven; collisions, standstills, ends of roads and places beside every lane trigger events.',
  },
  {
    id: 'DRIVE-OSC-05',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Variables, weather, time of day, lights, visibility and presence of entities are set by a scenario and seen by its conditions.',
  },
  {
    id: 'DRIVE-OSC-06',
    source: 'docs/design/drive.md#world',
    behaviour: 'Traffic signal controllers go through their phases, and signals are set by actions.',
  },
  {
    id: 'DRIVE-OSC-12',
    source: 'docs/design/drive.md#world',
    behaviour:
      'The lane-keeping controller heeds its properties; it and distances along the road look over the ends of roads, whichever way the next one runs.',
  },
  {
    id: 'DRIVE-OSC-13',
    source: 'docs/design/drive.md#world',
    behaviour: 'Positions on routes and trajectories are found; distances to positions trigger events.',
  },
  {
    id: 'DRIVE-OSC-09',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Trajectories are polylines, clothoids or NURBS curves, in the file or in a catalog, as maneuvers are.',
  },
  {
    id: 'DRIVE-OSC-10',
    source: 'docs/design/drive.md#world',
    behaviour:
      'An entity keeps a distance to the side of another, and an offset for as long as it is asked to; events wait until lanes around an entity are clear.',
  },
  {
    id: 'DRIVE-OSC-11',
    source: 'docs/design/drive.md#world',
    behaviour: 'A scenario holds throttle and brake of a vehicle and lets them go.',
  },
  {
    id: 'DRIVE-OSC-08',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Traffic lights and weather that a storyboard changes while it runs are those of the scene that drivers, sensors and recordings see.',
  },
  {
    id: 'DRIVE-OSC-07',
    source: 'docs/design/drive.md#world',
    behaviour:
      'An entity with a route takes its way over junctions, by the shortest way, into virtual junctions in the midst of a road too; controllers are assigned, switched on and off while a scenario runs.',
  },
  {
    id: 'DRIVE-FILES-04',
    source: 'systems/drive/README.md#roads-and-scenarios',
    behaviour:
      'XML that is nested deeper than 200 elements, or longer than 256 million characters, is refused where that is seen, before more is read.',
  },
]
