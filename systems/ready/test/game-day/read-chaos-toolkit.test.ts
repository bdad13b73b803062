import { expect, test } from 'vitest'
import { readChaosToolkit } from '../../src/game-day/read-chaos-toolkit.ts'

const experiment = {
  title: 'Orders survive a lost worker',
  description: 'A worker is killed while orders come.',
  configuration: {
    base: 'http://127.0.0.1:8080',
    worker: { type: 'env', key: 'WORKER', default: 'order-worker' },
  },
  'steady-state-hypothesis': {
    title: 'Orders are answered',
    probes: [
      {
        type: 'probe',
        name: 'orders answer',
        tolerance: 200,
        provider: { type: 'http', url: '${base}/orders?open=1', timeout: 2 },
      },
      {
        type: 'probe',
        name: 'queue is short',
        tolerance: true,
        provider: { type: 'python', module: 'queues.probes', func: 'is_short' },
      },
    ],
  },
  method: [
    {
      type: 'action',
      name: 'kill the worker',
      provider: { type: 'process', path: 'pkill', arguments: '-9 -f ${worker}' },
      pauses: { after: 15 },
    },
    {
      type: 'action',
      name: 'stop it',
      provider: { type: 'process', path: '/bin/kill', arguments: ['-STOP', '4711'] },
    },
    {
      type: 'action',
      name: 'burn',
      provider: { type: 'process', path: 'stress-ng', arguments: { '--cpu': 2, '--timeout': '10s' } },
    },
    {
      type: 'action',
      name: 'delay packets',
      provider: { type: 'process', path: 'tc', arguments: 'qdisc add dev eth0' },
    },
    { ref: 'orders answer' },
  ],
  rollbacks: [{ type: 'action', name: 'start it', provider: { type: 'process', path: 'systemctl' } }],
}

test('an experiment of Chaos Toolkit becomes a game day, and what is not played is listed [READY-GAMEDAY-04]', () => {
  const { definition, left } = readChaosToolkit(JSON.stringify(experiment), { owner: 'Orders team' })!
  expect(definition).toMatchObject({
    name: 'Orders survive a lost worker',
    owner: 'Orders team',
    hypothesis: 'Orders are answered',
    target: 'http://127.0.0.1:8080',
    endpoints: [{ name: 'orders answer', method: 'GET', path: '/orders?open=1' }],
    processes: [
      { name: 'order-worker', pidFile: 'order-worker.pid' },
      { name: '4711', pid: 4711 },
    ],
    faults: [
      { on: 'order-worker', fault: { kind: 'kill' }, seconds: 15 },
      { on: '4711', fault: { kind: 'pause' }, seconds: 10 },
      { on: 'machine', fault: { kind: 'cpu', workers: 2 }, seconds: 10 },
    ],
  })
  expect(left.map(({ where }) => where)).toEqual([
    'steady-state-hypothesis.probes[1]',
    'method[3]',
    'rollbacks[0]',
  ])
})

test('what is no experiment is not taken for one, and one that asks nothing is refused [READY-GAMEDAY-04]', () => {
  expect(readChaosToolkit('name: A day\ntarget: demo\n', { owner: 'me' })).toBeNull()
  expect(readChaosToolkit('{ not json', { owner: 'me' })).toBeNull()
  const silent = { ...experiment, 'steady-state-hypothesis': null }
  expect(() => readChaosToolkit(JSON.stringify(silent), { owner: 'me' })).toThrow(
    expect.objectContaining({ code: 'experiment-without-probe' }),
  )
  // It can be told what to ask.
  const told = readChaosToolkit(JSON.stringify(silent), { owner: 'me', target: 'http://127.0.0.1:9000/' })!
  expect(told.definition).toMatchObject({ target: 'http://127.0.0.1:9000', endpoints: [{ path: '/' }] })
  const elsewhere = JSON.stringify({ ...experiment, configuration: { base: { type: 'env', key: 'BASE' } } })
  const { definition } = readChaosToolkit(elsewhere, { owner: 'me', target: 'http://127.0.0.1:9000' })!
  expect(definition.endpoints).toMatchObject([{ path: '/orders?open=1' }])
})

test('proxies and toxics of Toxiproxy become dependencies and faults, as long as they last there [READY-GAMEDAY-04]', () => {
  const toxi = (func: string, args: unknown, after?: number) => ({
    type: 'action',
    name: func,
    provider: {
      type: 'python',
      module: /proxy$|^reset$/.test(func) ? 'chaostoxi.proxy.actions' : 'chaostoxi.toxic.actions',
      func,
      arguments: args,
    },
    ...(after === undefined ? {} : { pauses: { after } }),
  })
  const made = {
    proxy_name: 'stock',
    upstream_host: '127.0.0.1',
    upstream_port: '${port}',
    listen_port: 6001,
  }
  const { definition, left } = readChaosToolkit(
    JSON.stringify({
      ...experiment,
      configuration: { ...experiment.configuration, port: 7001 },
      method: [
        toxi('create_proxy', made, 1),
        toxi('create_latency_toxic', { for_proxy: 'stock', toxic_name: 'slow', latency: 300, jitter: 20 }, 7),
        { ref: 'orders answer', pauses: { after: 5 } },
        toxi('delete_toxic', { for_proxy: 'stock', toxic_name: 'slow' }, 60),
        toxi('create_toxic', {
          for_proxy: 'stock',
          toxic_name: 'narrow',
          toxic_type: 'bandwidth',
          toxicity: 0.5,
          attributes: { rate: 2 },
        }),
        toxi('disable_proxy', { proxy_name: 'stock' }, 4),
        toxi('enable_proxy', { proxy_name: 'stock' }),
        toxi('create_slicer_toxic', { for_proxy: 'stock', toxic_name: 's', average_size: 9 }),
        toxi('create_latency_toxic', { for_proxy: 'unknown', toxic_name: 'x', latency: 5 }),
        {
          type: 'action',
          name: 'lose a pod',
          provider: { type: 'python', module: 'chaosk8s.pod.actions', func: 'terminate_pods' },
        },
      ],
    }),
    { owner: 'Orders team' },
  )!
  expect(definition.dependencies).toMatchObject([
    { name: 'stock', host: '127.0.0.1', port: 7001, listen: 6001 },
  ])
  expect(definition.faults).toEqual([
    { on: 'stock', fault: { kind: 'latency', ms: 300, jitterMs: 20 }, seconds: 12 },
    { on: 'stock', fault: { kind: 'bandwidth', bytesPerSecond: 2000, share: 0.5 }, seconds: 4 },
    { on: 'stock', fault: { kind: 'down' }, seconds: 4 },
  ])
  const advice = Object.fromEntries(left.map((one) => [one.where, one.advice]))
  expect(advice['method[7]']).toContain('no fault of ours')
  expect(advice['method[8]']).toContain('--at')
  expect(definition.processes).toEqual([])
  expect(advice['method[9]']).toContain("--at 'pods=PID'")
})

const day = (method: unknown[], places = {}) =>
  readChaosToolkit(JSON.stringify({ ...experiment, method }), { owner: 'Orders team', places })!
const python = (module: string, func: string, given: unknown, after?: number) => ({
  type: 'action',
  name: func,
  provider: { type: 'python', module, func, arguments: given },
  ...(after === undefined ? {} : { pauses: { after } }),
})

test('what would befall a cluster becomes what comes to the same here, where it is said what is meant [READY-GAMEDAY-05]', () => {
  const chaosMesh = (kind: string, spec: unknown) =>
    python('chaosk8s.crd.actions', 'create_custom_object', {
      resource: { kind, metadata: { name: 'made' }, spec },
    })
  const method = [
    python(
      'chaosk8s.pod.actions',
      'terminate_pods',
      { label_selector: 'tier=back,app=stock', rand: true },
      20,
    ),
    python('chaosk8s.deployment.actions', 'scale_deployment', { name: 'cart', replicas: 0 }),
    python('chaosk8s.deployment.actions', 'scale_deployment', { name: 'cart', replicas: 3 }),
    python('chaosk8s.networking.actions', 'deny_all_ingress', { label_selectors: { app: 'prices' } }, 4),
    python(
      'chaosk8s.networking.actions',
      'remove_deny_all_ingress',
      { label_selectors: { app: 'prices' } },
      60,
    ),
    python('chaosistio.fault.actions', 'add_delay_fault', {
      virtual_service_name: 'reviews',
      fixed_delay: '1500ms',
      percentage: 50,
    }),
    python('chaosistio.fault.actions', 'add_abort_fault', {
      virtual_service_name: 'reviews',
      http_status: 503,
    }),
    chaosMesh('StressChaos', { duration: '30s', stressors: { memory: { size: '64MB' } } }),
    chaosMesh('NetworkChaos', {
      action: 'delay',
      selector: { labelSelectors: { 'app.kubernetes.io/name': 'prices' } },
      delay: { latency: '200ms', jitter: '20ms' },
    }),
    python('chaosk8s.pod.actions', 'exec_in_pods', { label_selector: 'app=stock', cmd: 'kill -STOP 1' }),
    python('chaosk8s.node.actions', 'drain_nodes', { name: 'node-1' }),
    python('chaosk8s.pod.actions', 'terminate_pods', { all: true }),
  ]
  const { definition, left } = day(method, {
    prices: { host: '127.0.0.1', port: 7001 },
    stock: { pid: 4711 },
  })
  expect(definition.processes).toMatchObject([
    { name: 'stock', pid: 4711 },
    { name: 'cart', pidFile: 'cart.pid' },
  ])
  expect(definition.dependencies).toMatchObject([{ name: 'prices', host: '127.0.0.1', port: 7001 }])
  expect(definition.faults).toEqual([
    { on: 'stock', fault: { kind: 'kill' }, seconds: 20 },
    { on: 'cart', fault: { kind: 'kill' }, seconds: 10 },
    { on: 'prices', fault: { kind: 'black-hole' }, seconds: 4 },
    { on: 'machine', fault: { kind: 'memory', bytes: 64 * 1024 ** 2 }, seconds: 30 },
    { on: 'prices', fault: { kind: 'latency', ms: 200, jitterMs: 20 }, seconds: 10 },
    { on: 'stock', fault: { kind: 'pause' }, seconds: 10 },
  ])
  const advice = Object.fromEntries(left.map((one) => [one.where, one.advice]))
  expect(advice['method[5]']).toContain("--at 'reviews=127.0.0.1:PORT'")
  expect(advice['method[2]']).toContain('no fault on processes and dependencies')
  // A node, and pods that nothing names: only who knows which process stands for them can say it.
  expect(advice['method[10]']).toContain("--at 'node-1=PID'")
  expect(advice['method[11]']).toContain("--at 'pods=PID'")
  const placed = day(method, { reviews: { host: '127.0.0.1', port: 7002 } }).definition.faults
  expect(placed).toContainEqual({
    on: 'reviews',
    fault: { kind: 'latency', ms: 1500, jitterMs: 0, share: 0.5 },
    seconds: 10,
  })
  expect(placed).toContainEqual({ on: 'reviews', fault: { kind: 'errors', status: 503 }, seconds: 10 })
})

test('a place of the wrong kind is said, not played [READY-GAMEDAY-05]', () => {
  const { definition, left } = day(
    [
      python('chaosk8s.pod.actions', 'delete_pods', { name: 'cart' }),
      python('chaosistio.fault.actions', 'add_delay_fault', {
        virtual_service_name: 'reviews',
        fixed_delay: '1s',
      }),
    ],
    { cart: { host: '127.0.0.1', port: 7001 }, reviews: { pid: 4711 } },
  )
  expect(definition.faults).toEqual([])
  expect(left.filter(({ where }) => where.startsWith('method')).map(({ advice }) => advice)).toEqual([
    expect.stringContaining("--at 'cart=PID'"),
    expect.stringContaining("--at 'reviews=127.0.0.1:PORT'"),
  ])
})

test.each([
  ['docker kill --signal KILL cart', 'cart', { kind: 'kill' }],
  ['docker-compose -f a.yml pause cart', 'cart', { kind: 'pause' }],
  ['kubectl delete pod -n shop -l app=cart', 'cart', { kind: 'kill' }],
  ['kubectl scale --replicas=0 deployment/cart -n shop', 'cart', { kind: 'kill' }],
  ['sudo systemctl stop cart.service', 'cart', { kind: 'kill' }],
  ['pkill -TERM -F run/cart.pid', 'cart', { kind: 'kill' }],
  ['kill -9 $(cat run/cart.pid)', 'cart', { kind: 'kill' }],
  ['sh -c "pkill -STOP cart"', 'cart', { kind: 'pause' }],
  ['fallocate -l 2G /var/tmp/full', 'machine', { kind: 'disk', folder: '/var/tmp', bytes: 2 * 1024 ** 3 }],
  [
    'dd if=/dev/zero of=/tmp/full bs=1M count=8',
    'machine',
    { kind: 'disk', folder: '/tmp', bytes: 8 * 1024 ** 2 },
  ],
  ['stress-ng --vm 1 --vm-bytes 1g -t 7s', 'machine', { kind: 'memory', bytes: 1024 ** 3 }, 7],
  ['iptables -A OUTPUT -p tcp --dport 5432 -j DROP', 'port 5432', { kind: 'black-hole' }],
  ['iptables -I INPUT -p tcp --dport 5432 -j REJECT', 'port 5432', { kind: 'down' }],
])('%s is read, not run [READY-GAMEDAY-05]', (command, on, fault, seconds = 10) => {
  const [path, ...rest] = command.split(' ')
  const { definition } = day([
    { type: 'action', name: 'it', provider: { type: 'process', path, arguments: rest.join(' ') } },
  ])
  expect(definition.faults).toEqual([{ on, fault, seconds }])
})

test.each([
  'kubectl scale --replicas=3 deployment/cart',
  'kubectl get pods',
  'pkill --echo -HUP -F cart.pid',
  'docker ps',
  'iptables -D INPUT -p tcp --dport 5432 -j DROP',
  'sh -c "pkill cart; rm -rf /"',
  'dd if=/dev/zero of=here bs=1M count=8',
  'systemctl start cart',
  'kill',
])('%s is no fault [READY-GAMEDAY-05]', (command) => {
  const [path, ...rest] = command.split(' ')
  const { definition, left } = day([
    { type: 'action', name: 'it', provider: { type: 'process', path, arguments: rest.join(' ') } },
  ])
  expect(definition.faults).toEqual([])
  expect(left).toContainEqual(expect.objectContaining({ where: 'method[0]' }))
})

test("requests to Toxiproxy's own interface are faults of the proxy that they name [READY-GAMEDAY-05]", () => {
  const request = (method: string, path: string, given?: unknown, after?: number) => ({
    type: 'action',
    name: path,
    provider: { type: 'http', url: `http://127.0.0.1:8474/proxies/${path}`, method, arguments: given },
    ...(after === undefined ? {} : { pauses: { after } }),
  })
  const { definition, left } = day(
    [
      request('POST', 'stock/toxics', { type: 'latency', name: 'slow', attributes: { latency: 700 } }, 6),
      request('DELETE', 'stock/toxics/slow', undefined, 30),
      request('POST', 'stock', { enabled: false }, 3),
      request('POST', 'stock', { enabled: true }),
      request('GET', 'stock'),
    ],
    { stock: { host: '127.0.0.1', port: 7001 } },
  )
  expect(definition.faults).toEqual([
    { on: 'stock', fault: { kind: 'latency', ms: 700, jitterMs: 0 }, seconds: 6 },
    { on: 'stock', fault: { kind: 'down' }, seconds: 3 },
  ])
  expect(left).toContainEqual(expect.objectContaining({ where: 'method[4]' }))
})

const asked = (
  method: object[],
  places: Record<string, { pid: number } | { host: string; port: number }> = {},
) =>
  readChaosToolkit(
    JSON.stringify({
      title: 'Shop',
      'steady-state-hypothesis': {
        probes: [{ name: 'shop', provider: { type: 'http', url: 'http://127.0.0.1:8080/' } }],
      },
      method,
    }),
    { owner: 'Shop team', places },
  )!
test('assaults that a Spring application is told of are faults before it and at its process, until they are switched off [READY-GAMEDAY-05]', () => {
  const base_url = 'http://localhost:8090/actuator'
  const assaults = {
    level: 4,
    latencyActive: true,
    latencyRangeStart: 1000,
    latencyRangeEnd: 3000,
    exceptionsActive: true,
    killApplicationActive: true,
  }
  const spring = (func: string, given: object, after = 0) =>
    python('chaosspring.actions', func, { base_url, ...given }, after)
  const method = [
    spring('enable_chaosmonkey', {}),
    spring('change_assaults_configuration', { assaults_configuration: assaults }, 20),
    spring('disable_chaosmonkey', {}, 40),
    {
      type: 'action',
      name: 'by hand',
      provider: {
        type: 'http',
        method: 'POST',
        url: 'http://127.0.0.1:8080/actuator/chaosmonkey/assaults',
        arguments: { latencyActive: true, latencyRangeStart: 10, latencyRangeEnd: 10 },
      },
    },
    spring('change_assaults_configuration', { assaults_configuration: { memoryActive: true } }),
  ]
  const { definition, left } = asked(method, { 'localhost:8090 process': { pid: 4711 } })
  expect(definition.dependencies).toMatchObject([{ name: 'localhost:8090', host: '127.0.0.1', port: 8090 }])
  expect(definition.faults).toEqual([
    { on: 'localhost:8090', fault: { kind: 'latency', ms: 2000, jitterMs: 1000, share: 0.25 }, seconds: 20 },
    { on: 'localhost:8090', fault: { kind: 'errors', status: 500, share: 0.25 }, seconds: 20 },
    { on: 'localhost:8090 process', fault: { kind: 'kill' }, seconds: 20 },
  ])
  expect(left.map(({ where }) => where)).toEqual(['method[0]', 'method[3]', 'method[4]'])
  expect(left[1]!.advice).toMatch(/"127\.0\.0\.1:8080" is the service that is asked/)
})

test('what an unknown extension stops or slows is a fault where it is said what that is here, and nothing else is guessed [READY-GAMEDAY-05]', () => {
  const method = [
    python('anycloud.vm', 'stop_instances', { filter: 'where zone == "a" and name == "cart-vm"' }, 30),
    python('ours.mesh', 'inject_latency', { service: 'stock', latency_ms: 250, duration: 5 }),
    python('ours.mesh', 'inject_latency', { service: 'stock', latency: '2s' }, 7),
    python('ours.mesh', 'remove_latency', { service: 'stock' }, 60),
    python('anycloud.net', 'run_network_failure', { 'vpc-name': 'rates' }, 9),
    python('anycloud.vm', 'start_instances', { name: 'cart-vm' }),
    python('anycloud.log', 'delete_rule', { name: 'cart-rule' }),
    python('anycloud.vm', 'remove_volume_from_instance', { instance_id: 'cart-vm' }),
  ]
  const told = asked(method, {
    'cart-vm': { pid: 4711 },
    stock: { host: '127.0.0.1', port: 9001 },
    rates: { host: '127.0.0.1', port: 9002 },
  })
  expect(told.definition.faults).toEqual([
    { on: 'cart-vm', fault: { kind: 'kill' }, seconds: 30 },
    { on: 'stock', fault: { kind: 'latency', ms: 250, jitterMs: 0 }, seconds: 5 },
    { on: 'stock', fault: { kind: 'latency', ms: 2000, jitterMs: 0 }, seconds: 7 },
    { on: 'rates', fault: { kind: 'black-hole' }, seconds: 9 },
  ])
  expect(told.left.map(({ where }) => where)).toEqual(['method[5]', 'method[6]', 'method[7]'])
  const untold = asked(method)
  expect(untold.definition.faults).toEqual([])
  expect(untold.left[0]!.advice).toMatch(/Nothing says where "cart-vm" is on this machine.*cart-vm=PID/)
})
