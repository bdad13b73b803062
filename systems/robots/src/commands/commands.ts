import type { Command } from '@heavylift/core'

const broker = { flags: '--broker <url>', summary: 'mqtt://127.0.0.1:1883, or mqtts://…' }
const floor = { flags: '--floor <file>', summary: 'floor and robots, as floor and made-floor write them' }

export const commands: Command[] = [
  {
    name: 'made-floor',
    summary: 'Writes a made floor with robots of both versions of VDA 5050, as the other commands read it.',
    args: [{ name: 'file', summary: 'where to' }],
    options: [
      { flags: '--robots <count>', summary: 'robots; 50' },
      { flags: '--rows <count>', summary: 'rows of cells; 30' },
      { flags: '--columns <count>', summary: 'columns of cells; 40' },
    ],
    run: async (input) => (await import('./made-floor.ts')).runMadeFloor(input),
  },
  {
    name: 'floor',
    summary: 'Writes a floor with robots from your map, as the other commands read it.',
    args: [
      { name: 'map', summary: 'movingai, or a LIF file, whose nodes, map and metres robots are told' },
      { name: 'file', summary: 'where to' },
    ],
    options: [
      { flags: '--robots <count>', summary: 'robots; 10' },
      { flags: '--id <name>', summary: 'name of the floor; the file of the map' },
      { flags: '--cell-metres <m>', summary: 'side of a cell, where the map has no metres; 1' },
    ],
    run: async (input) => (await import('./floor.ts')).runFloor(input),
  },
  {
    name: 'broker',
    summary:
      'Runs a broker of MQTT 3.1.1; off 127.0.0.1 with TLS and credentials. A second one on the same port stands by.',
    options: [
      { flags: '--host <address>', summary: '127.0.0.1' },
      { flags: '--port <port>', summary: '1883' },
      { flags: '--key <file>', summary: 'private key, PEM' },
      { flags: '--cert <file>', summary: 'certificate, PEM' },
      {
        flags: '--credentials <file>',
        summary: 'JSON: [{ "user": "manufacturer/serialNumber", "passwordSha256": "…" }]',
      },
    ],
    run: async (input) => (await import('./broker.ts')).runBroker(input),
  },
  {
    name: 'mosquitto',
    summary:
      'Writes configuration and access list of mosquitto for the robots of a floor, for more than one machine.',
    args: [{ name: 'folder', summary: 'where to' }],
    options: [
      floor,
      { flags: '--host <address>', summary: '127.0.0.1' },
      { flags: '--port <port>', summary: '1883' },
      { flags: '--key <file>', summary: 'private key, PEM' },
      { flags: '--cert <file>', summary: 'certificate, PEM' },
    ],
    run: async (input) => (await import('./mosquitto.ts')).runMosquitto(input),
  },
  {
    name: 'control',
    summary:
      'Plans a floor and commands its robots over VDA 5050; a second one on the same database stands by.',
    options: [
      floor,
      broker,
      {
        flags: '--database <url>',
        summary: 'PostgreSQL, the same for planner, gateway and those that stand by',
      },
      { flags: '--part <part>', summary: 'planner or gateway alone; both' },
      { flags: '--user <user>', summary: 'of the broker; control' },
      { flags: '--password <text>', summary: 'of the broker' },
      { flags: '--ca <file>', summary: 'who signed the certificate of the broker, PEM' },
      {
        flags: '--parameters <list>',
        summary: 'sent with each pick and drop: stationType=floor,loadType=EPAL',
      },
      { flags: '--tasks <count>', summary: 'adds so many made tasks first' },
      { flags: '--step-ms <ms>', summary: 'from step to step of the plan; 200' },
    ],
    run: async (input) => (await import('./control.ts')).runControl(input),
  },
  {
    name: 'fleet',
    summary: 'Simulates robots over the wire, each with a connection of its own, over a good or a bad radio.',
    options: [
      floor,
      broker,
      { flags: '--from <number>', summary: 'first robot; 0' },
      { flags: '--to <number>', summary: 'robot after the last one; all' },
      {
        flags: '--bad-radio',
        summary: 'loses, doubles, delays and reorders messages; clocks are off by up to 5 s',
      },
      { flags: '--drive-ms <ms>', summary: 'for a cell; 400' },
      { flags: '--truth <file>', summary: 'writes what really happens, a line of JSON each' },
    ],
    run: async (input) => (await import('./fleet.ts')).runFleetCommand(input),
  },
  {
    name: 'what-if',
    summary: 'Asks what another floor would bring, by many runs as jobs: a curve with 95 % intervals.',
    args: [{ name: 'ask', summary: 'robots, closed-aisle or stations' }],
    options: [
      { flags: '--map <file>', summary: 'your floor, movingai or LIF, in place of a made one' },
      { flags: '--counts <list>', summary: 'numbers of robots; 100,200,300,400,600,800' },
      { flags: '--stations <list>', summary: 'shares of the stations that are open; 0.25,0.5,0.75,1' },
      { flags: '--closed <cells>', summary: 'top,left,bottom,right of what is closed' },
      { flags: '--robots <count>', summary: 'robots, where they are not what is asked; 250' },
      { flags: '--rows <count>', summary: 'rows of cells; 46' },
      { flags: '--columns <count>', summary: 'columns of cells; 80' },
      { flags: '--aisle <cells>', summary: '1 or 2 cells between shelves; 2' },
      { flags: '--one-way', summary: 'aisles of one cell are driven one way' },
      { flags: '--goal <count>', summary: 'tasks an hour that are wanted; 12000, of your own floor none' },
      { flags: '--seeds <count>', summary: 'runs of each variant; 4' },
      { flags: '--steps <count>', summary: 'steps of a run that count; 300' },
      { flags: '--cell-seconds <s>', summary: 'seconds for a cell, and for a quarter turn; 1' },
      { flags: '--handling-seconds <s>', summary: 'seconds to fetch, and to bring; 5' },
    ],
    run: async (input) => (await import('./what-if.ts')).runWhatIfCommand(input),
  },
  {
    name: 'film',
    summary:
      'Films a made floor through ffmpeg: an aisle is closed and opened, everything stopped and released.',
    args: [{ name: 'file', summary: 'FILE.mp4 or FILE.webm' }],
    options: [
      { flags: '--robots <count>', summary: 'robots; 400' },
      { flags: '--rows <count>', summary: 'rows of cells; 46' },
      { flags: '--columns <count>', summary: 'columns of cells; 80' },
      { flags: '--steps <count>', summary: 'steps, five a second; 160' },
      { flags: '--seed <text>', summary: 'another seed, another film' },
    ],
    run: async (input) => (await import('./film.ts')).runFilm(input),
  },
]
