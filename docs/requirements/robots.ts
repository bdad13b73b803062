import type { Requirement } from './requirement.ts'

const readme = 'systems/robots/README.md'

/** Problems, rules, plans and their check of the robots. */
export const robots: Requirement[] = [
  {
    id: 'ROBOTS-READ-01',
    source: 'https://github.com/MAPF-Competition/Start-Kit; standard: movingai map format',
    behaviour:
      'Problems of the League of Robot Runners of 2024 and 2026 are read, with map, robots and tasks.',
  },
  {
    id: 'ROBOTS-READ-02',
    source: `${readme}#read-and-write`,
    behaviour: 'A task that no robot can finish is left out, named by line, with why; the others are read.',
  },
  {
    id: 'ROBOTS-READ-03',
    source: `${readme}#read-and-write`,
    behaviour: 'A broken file is refused with one error that says file, line and what is wrong.',
  },
  {
    id: 'ROBOTS-READ-04',
    source: 'standard: movingai scenario format',
    behaviour: 'Scenarios are read, and starts and goals held against their map.',
  },
  {
    id: 'ROBOTS-READ-05',
    source: `${readme}#read-and-write`,
    behaviour: 'A run is written as PlanViz reads it, and recorded runs are read back.',
  },
  {
    id: 'ROBOTS-READ-06',
    source: 'standard: VDMA LIF 1.0.0',
    behaviour:
      'Layouts are read, checked, and laid on a floor of cells where they are one; one-way edges stay so.',
  },
  {
    id: 'ROBOTS-VALIDATE-01',
    source: `${readme}#validate`,
    behaviour:
      'Each step of a run is checked by code that shares nothing with planner and simulator: walls, shared cells, swaps, named with step and robots.',
  },
  {
    id: 'ROBOTS-VALIDATE-02',
    source: `${readme}#validate`,
    behaviour:
      'Every mutation with a known fault of a plan that keeps the rules is named with step and robots.',
  },
  {
    id: 'ROBOTS-VALIDATE-03',
    source: `${readme}#validate`,
    behaviour: 'What a run says it finished is held against where its robots were.',
  },
  {
    id: 'ROBOTS-RULES-01',
    source: 'docs/design/robots.md#rules',
    behaviour:
      'A bad action becomes a wait for the robot and for all who depend on it; it is counted and never done.',
  },
  {
    id: 'ROBOTS-RULES-02',
    source: 'docs/design/robots.md#rules',
    behaviour:
      'Tasks are revealed, handed on and done as the rules of 2024 say: a fixed number open, the file round and round, one errand a step.',
  },
  {
    id: 'ROBOTS-PLAN-01',
    source: 'docs/design/robots.md#plan',
    behaviour: 'Robots plan by operations of several actions, each way through cells once.',
  },
  {
    id: 'ROBOTS-PLAN-02',
    source: 'docs/design/robots.md#plan',
    behaviour:
      'On floors of every made kind, full or not, one-way aisles and blocked stations included, plans break no rule and finish tasks.',
  },
  {
    id: 'ROBOTS-PLAN-03',
    source: 'docs/design/robots.md#plan',
    behaviour: 'A run is repeated to the bit from the units of work it recorded, whatever the clock did.',
  },
  {
    id: 'ROBOTS-PLAN-04',
    source: `${readme}#plan`,
    behaviour:
      'However many robots and tasks there are, no robot is left without a task for long while there is one.',
  },
  {
    id: 'ROBOTS-PLAN-05',
    source: `${readme}#plan`,
    behaviour: 'Where the second thread of a planner dies, the planner goes on by itself.',
  },
  {
    id: 'ROBOTS-WHATIF-01',
    source: `${readme}#what-if`,
    behaviour:
      'How many robots, a closed aisle, more stations: each variant runs with the same seeds; the answer has intervals, what is enough for a goal and where more gains nothing.',
  },
  {
    id: 'ROBOTS-WHATIF-02',
    source: `${readme}#what-if`,
    behaviour:
      'Runs go through jobs; the same question is the same job, and the first run of each variant can be played back.',
  },
  {
    id: 'ROBOTS-WHATIF-03',
    source: `${readme}#what-if`,
    behaviour:
      "A question can be asked of one's own floor (movingai, LIF): robots work where its file says, or where the answer says that was taken; one-way tracks are kept to.",
  },
  {
    id: 'ROBOTS-FILM-01',
    source: `${readme}#what-if`,
    behaviour: 'A film of a made floor shows an aisle that is closed and opened, and an emergency stop.',
  },
  {
    id: 'ROBOTS-PREDICT-01',
    source: `${readme}#predict`,
    behaviour:
      'Congestion of each cell in the minute to come is told as a chance, learned from recorded runs.',
  },
  {
    id: 'ROBOTS-LIVE-01',
    source: `${readme}#live-floor`,
    behaviour:
      'Whatever fails on a live floor (late or unplugged robots, zones of every kind), no two robots meet, by the independent check, and work goes on.',
  },
  {
    id: 'ROBOTS-LIVE-02',
    source: `${readme}#live-floor`,
    behaviour: 'A closed zone is planned around from the next step on, and who is in it leaves.',
  },
  {
    id: 'ROBOTS-LIVE-03',
    source: `${readme}#live-floor`,
    behaviour:
      'A stopped floor stands until it is released, whatever else is asked of it; a release takes two steps.',
  },
  {
    id: 'ROBOTS-LIVE-04',
    source: `${readme}#live-floor`,
    behaviour: 'A robot without power stays where it is and the others go around it; mended, it works again.',
  },
  {
    id: 'ROBOTS-LIVE-05',
    source: `${readme}#live-floor`,
    behaviour: 'Robots that wait for each other in a ring are found, and the ring is broken and counted.',
  },
  {
    id: 'ROBOTS-LIVE-06',
    source: `${readme}#live-floor`,
    behaviour: 'Robots whose batteries are low charge, and queue for chargers.',
  },
  {
    id: 'ROBOTS-LIVE-07',
    source: `${readme}#live-floor`,
    behaviour: 'A live floor is the same to the bit with the same seed and commands.',
  },
  {
    id: 'ROBOTS-LIVE-08',
    source: `${readme}#live-floor`,
    behaviour:
      'Of robots that wait for each other in a ring one gives way to where it is off the ways of the others; another does when that has not helped.',
  },
  {
    id: 'ROBOTS-LIVE-09',
    source: `${readme}#live-floor`,
    behaviour:
      'A live floor goes on at its pace: lanes are learned for the ways between where tasks begin and end, so that no place jams as robots gather.',
  },
  {
    id: 'ROBOTS-VDA-01',
    source: 'standard: VDA 5050 3.0.0; standard: VDA 5050 2.1.0',
    behaviour:
      'Messages of both versions are written so that they fit the published schemas, and read back the same.',
  },
  {
    id: 'ROBOTS-VDA-02',
    source: 'standard: VDA 5050 3.0.0, 7',
    behaviour: 'A message that the published schema refuses is refused, whatever field it is.',
  },
  {
    id: 'ROBOTS-VDA-03',
    source: 'docs/design/robots.md#control',
    behaviour:
      'What is too large, no JSON, for another robot, of another version or on another topic is refused with its reason.',
  },
  {
    id: 'ROBOTS-RELEASE-01',
    source: 'docs/design/robots.md#control',
    behaviour:
      'Cells are released in the order that the plan has at each cell, and only when who was before has said that it left: no delay brings two robots onto one cell, and all get through.',
  },
  {
    id: 'ROBOTS-RELEASE-02',
    source: 'docs/design/robots.md#control',
    behaviour: 'A robot is not believed to be where it was never let; nobody is let onto a blocked cell.',
  },
  {
    id: 'ROBOTS-ZONE-01',
    source: `${readme}#control`,
    behaviour:
      'On a floor under control nobody is let into a zone with a person, and who is in it stands until it is open, whatever else is released.',
  },
  {
    id: 'ROBOTS-ZONE-02',
    source: `${readme}#control`,
    behaviour: 'A closed zone of a floor under control is planned around from the next step on.',
  },
  {
    id: 'ROBOTS-ZONE-03',
    source: 'standard: VDA 5050 3.0.0, 6.4',
    behaviour:
      'Robots that know BLOCKED zones are told of closed ones as a zone set, once no way of theirs leads there, and get no node in a zone that they have yet.',
  },
  {
    id: 'ROBOTS-CONTROL-01',
    source: 'standard: VDA 5050 3.0.0, 6.1.4.5',
    behaviour: 'An order is sent again until a state shows its update, and done once however often it comes.',
  },
  {
    id: 'ROBOTS-CONTROL-02',
    source: 'docs/design/robots.md#control',
    behaviour: 'A control that starts again goes on with the orders that robots have.',
  },
  {
    id: 'ROBOTS-CONTROL-03',
    source: 'docs/design/robots.md#control',
    behaviour:
      'A robot that says what cannot be (node, order, position, map) is quarantined until an operator has looked.',
  },
  {
    id: 'ROBOTS-CONTROL-04',
    source: 'docs/design/robots.md#control',
    behaviour:
      'Replayed messages and those of an older headerId are refused and counted; a robot that starts again is heard. One is out of reach by its last will, or when it has said nothing for three times as long as it may.',
  },
  {
    id: 'ROBOTS-CONTROL-05',
    source: 'docs/design/robots.md#control',
    behaviour: 'A clock of a robot that is off by five seconds changes nothing.',
  },
  {
    id: 'ROBOTS-CONTROL-06',
    source: 'standard: VDA 5050 3.0.0, 6.6.6',
    behaviour: 'A robot in an operating mode that takes no orders gets none.',
  },
  {
    id: 'ROBOTS-CONTROL-07',
    source: 'standard: VDA 5050 3.0.0, 7.10',
    behaviour: 'No robot is sent more nodes than its factsheet says it holds.',
  },
  {
    id: 'ROBOTS-CONTROL-10',
    source: 'docs/design/robots.md#control',
    behaviour: 'A robot is answered in the minor version that it says it speaks.',
  },
  {
    id: 'ROBOTS-CONTROL-08',
    source: 'docs/design/robots.md#control',
    behaviour:
      'Over a radio that loses, doubles, delays and reorders messages every task is done once, without a collision by what robots really did.',
  },
  {
    id: 'ROBOTS-CONTROL-09',
    source: 'docs/design/robots.md#control',
    behaviour:
      'Planner, gateway and broker may be killed at any time: no task is lost or doubled, no robots collide, and a standby takes over.',
  },
  {
    id: 'ROBOTS-CONTROL-11',
    source: 'standard: VDA 5050 3.0.0, 6.4',
    behaviour:
      'Of every zone type the product says whether robots are sent it, and whoever asks for another is told why not.',
  },
  {
    id: 'ROBOTS-CONTROL-12',
    source: `${readme}#control`,
    behaviour:
      'A floor of a LIF file is commanded by its nodes, its map and its metres, and its edges are driven only as they lead.',
  },
  {
    id: 'ROBOTS-STOP-01',
    source: 'docs/design/robots.md#control',
    behaviour: 'An emergency stop is sent to each robot until it stands, and again when somebody lets it go.',
  },
  {
    id: 'ROBOTS-STOP-02',
    source: 'docs/design/robots.md#control',
    behaviour:
      'An emergency stop stays whatever starts again, and is released by two steps, each with the right of an operator and a reason.',
  },
  {
    id: 'ROBOTS-BROKER-01',
    source: 'docs/design/robots.md#control',
    behaviour: 'Off loopback the broker needs TLS and credentials, or does not start.',
  },
  {
    id: 'ROBOTS-BROKER-02',
    source: 'docs/design/robots.md#control',
    behaviour:
      'A robot publishes and reads below its own serial number only, its last will included, and cannot take the place of another.',
  },
  {
    id: 'ROBOTS-BROKER-04',
    source: 'docs/design/robots.md#control',
    behaviour:
      'On mosquitto the control drives robots as on its own broker, and a robot reads and publishes below its own serial number only.',
  },
  {
    id: 'ROBOTS-BROKER-03',
    source: 'docs/design/robots.md#control',
    behaviour: 'A packet that announces more than a message may have ends its connection before it is read.',
  },
  {
    id: 'ROBOTS-BROKER-06',
    source: `${readme}#control`,
    behaviour:
      'What the control says comes once to all who asked for it, by its topic, by a wildcard or in a session that is kept, and to nobody else.',
  },
  {
    id: 'ROBOTS-BROKER-05',
    source: `${readme}#control`,
    behaviour: 'A second broker on a port stands by and serves as soon as the first one has ended.',
  },
  {
    id: 'ROBOTS-RULES-03',
    source: 'https://github.com/MAPF-Competition/Start-Kit',
    behaviour:
      'By the rules of 2026 an action takes its ticks and can pause, squares never overlap, and a motion that would becomes a wait.',
  },
  {
    id: 'ROBOTS-RULES-04',
    source: 'https://github.com/MAPF-Competition/Start-Kit',
    behaviour:
      'Under hidden delays robots keep the order of the plan: no overlap and no ring of waiting robots, over seeds and floors, by the independent check.',
  },
  {
    id: 'ROBOTS-VALIDATE-04',
    source: 'https://github.com/MAPF-Competition/Start-Kit',
    behaviour:
      'Runs by the rules of 2026 are checked tick by tick: overlaps, walls, changed actions and acting delayed robots are named.',
  },
]
