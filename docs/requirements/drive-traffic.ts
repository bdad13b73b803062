import type { Requirement } from './requirement.ts'

export const driveTraffic: Requirement[] = [
  {
    id: 'DRIVE-TOWN-01',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Towns and small road networks are made from parameters and a seed: lanes meet within 1 cm and 1°, every turn is there, stop lines, signs, lights and crosswalks are marked.',
  },
  {
    id: 'DRIVE-TOWN-02',
    source: 'docs/design/drive.md#world',
    behaviour: 'Traffic lights turn in a cycle in which crossing approaches are never green together.',
  },
  {
    id: 'DRIVE-LANES-01',
    source: 'docs/design/drive.md#world',
    behaviour:
      'A route leads from one place of the roads to another along lanes, with the changes of lane that its turns need, and is a smooth line to drive along.',
  },
  {
    id: 'DRIVE-LANES-02',
    source: 'docs/design/drive.md#world',
    behaviour:
      'The ways through a junction know where they cross, merge and diverge, and which of them yields.',
  },
  {
    id: 'DRIVE-TRAFFIC-01',
    source: 'docs/design/drive.md#world',
    behaviour: 'Vehicles follow one another by the equation of the intelligent driver model.',
  },
  {
    id: 'DRIVE-TRAFFIC-02',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Flow rises with density and falls when dense; stop-and-go waves grow where traffic is unstable.',
  },
  {
    id: 'DRIVE-TRAFFIC-03',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Vehicles change lane by MOBIL: for their gain weighed against that of others, and never where another would have to brake harder than is safe.',
  },
  {
    id: 'DRIVE-TRAFFIC-04',
    source: 'docs/design/drive.md#world',
    behaviour: 'Gaps between vehicles are never negative, and no two of them overlap.',
  },
  {
    id: 'DRIVE-TRAFFIC-05',
    source: 'docs/design/drive.md#world',
    behaviour:
      'At junctions traffic keeps to lights with amber, all-way stops by order of arrival, yield signs, priority to the right and oncoming traffic before a left turn, and never blocks for ever.',
  },
  {
    id: 'DRIVE-TRAFFIC-06',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Traffic takes other agents on the lanes for obstacles, comes in where roads begin, and is the same to the last bit for the same seed, on any number of workers.',
  },
  {
    id: 'DRIVE-PEDESTRIAN-01',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Pedestrians walk on sidewalks and cross at crosswalks alone: with a light, or when whoever comes can stop with ease.',
  },
  {
    id: 'DRIVE-PEDESTRIAN-02',
    source: 'docs/design/drive.md#world',
    behaviour: 'Traffic stops for pedestrians on the road, and they do not walk into vehicles.',
  },
  {
    id: 'DRIVE-TRAFFIC-07',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Emergency vehicles with sirens go at red, and others give way: they change lane, or roll aside where there is room, and wait at junctions.',
  },
  {
    id: 'DRIVE-TRAFFIC-08',
    source: 'docs/design/drive.md#world',
    behaviour:
      'How people drive is an option of traffic: times what is usual, how far drivers differ, and errors in acceleration that last; without it traffic is the same to the last bit as ever.',
  },
]
