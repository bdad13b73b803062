/** One made file of each format that can be imported; secrets in them are made up too. */
export const sampleFiles: readonly { name: string; text: string }[] = [
  {
    name: 'visit.har',
    text: JSON.stringify({
      log: {
        version: '1.2',
        entries: [
          {
            request: {
              method: 'GET',
              url: 'http://shop.example:8080/search?q=lamp&token=s3cret',
              headers: [
                { name: 'Cookie', value: 'sid=s3cret' },
                { name: 'Accept', value: '*/*' },
              ],
            },
            response: { status: 200 },
          },
          {
            request: {
              method: 'POST',
              url: 'http://shop.example:8080/login',
              headers: [{ name: 'Authorization', value: 'Bearer s3cret' }],
              postData: { text: '{"user":"ann","password":"s3cret"}' },
            },
            response: { status: 302 },
          },
          { request: { method: 'GET', url: 'https://ads.example/pixel', headers: [] } },
        ],
      },
    }),
  },
  {
    name: 'openapi.yaml',
    text: `openapi: 3.1.0
info: { title: Orders, version: '1' }
servers: [{ url: http://127.0.0.1:9000/v1 }]
paths:
  /orders/{id}:
    get:
      operationId: readOrder
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, example: o-1 } }
        - { name: full, in: query, required: true, schema: { type: boolean } }
      responses: { '200': { description: here } }
  /orders:
    post:
      operationId: makeOrder
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
      responses: { '201': { description: made } }
components:
  schemas:
    Order:
      type: object
      required: [lines, email]
      properties:
        lines: { type: array, items: { type: object, properties: { sku: { type: string, minLength: 6 }, count: { type: integer, minimum: 2 } } } }
        email: { type: string, format: email }
        note: { type: string }
`,
  },
  {
    name: 'postman.json',
    text: JSON.stringify({
      info: {
        name: 'Basket',
        schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
      },
      item: [
        {
          name: 'Folder',
          item: [
            {
              name: 'Add',
              event: [{ listen: 'test', script: { exec: ['pm.test()'] } }],
              request: {
                method: 'POST',
                url: { raw: '{{base}}/basket/:id/lines' },
                header: [{ key: 'X-Api-Key', value: 's3cret' }],
                body: { mode: 'raw', raw: '{"sku":"lamp"}' },
              },
            },
          ],
        },
        {
          name: 'Upload',
          request: {
            method: 'POST',
            url: '{{base}}/upload',
            body: { mode: 'formdata', formdata: [{ key: 'file', type: 'file' }] },
          },
        },
      ],
    }),
  },
  {
    name: 'plan.jmx',
    text: `<?xml version="1.0" encoding="UTF-8"?>
<jmeterTestPlan version="1.2"><hashTree>
<TestPlan testclass="TestPlan" testname="Plan"><elementProp name="TestPlan.user_defined_variables" elementType="Arguments" testclass="Arguments"><collectionProp name="Arguments.arguments"><elementProp name="host" elementType="Argument"><stringProp name="Argument.name">host</stringProp><stringProp name="Argument.value">127.0.0.1</stringProp></elementProp></collectionProp></elementProp></TestPlan>
<hashTree>
<ThreadGroup testclass="ThreadGroup" testname="Users"><stringProp name="ThreadGroup.num_threads">7</stringProp><stringProp name="ThreadGroup.duration">20</stringProp></ThreadGroup>
<hashTree>
<HTTPSamplerProxy testclass="HTTPSamplerProxy" testname="Find"><elementProp name="HTTPsampler.Arguments" elementType="Arguments"><collectionProp name="Arguments.arguments"><elementProp name="q" elementType="HTTPArgument"><stringProp name="Argument.value">\${word}</stringProp><stringProp name="Argument.name">q</stringProp></elementProp></collectionProp></elementProp><stringProp name="HTTPSampler.domain">\${host}</stringProp><stringProp name="HTTPSampler.port">8080</stringProp><stringProp name="HTTPSampler.path">/find</stringProp><stringProp name="HTTPSampler.method">GET</stringProp></HTTPSamplerProxy>
<JSR223Sampler testclass="JSR223Sampler" testname="Code"></JSR223Sampler>
</hashTree></hashTree></hashTree></jmeterTestPlan>
`,
  },
  {
    name: 'artillery.yml',
    text: `config:
  target: http://127.0.0.1:3000
  phases: [{ duration: 10, arrivalRate: 5, rampTo: 50 }, { duration: 60, arrivalRate: 50 }]
scenarios:
  - flow:
      - get: { url: '/items/{{ $randomNumber(1, 9) }}' }
      - think: 1
      - loop: [{ post: { url: /basket, json: { sku: lamp } } }]
        count: 3
`,
  },
  {
    name: 'script.js',
    text: `import http from 'k6/http'
const base = __ENV.BASE || 'http://127.0.0.1:3333'
export const options = { stages: [{ duration: '1m30s', target: 20 }, { duration: '10s', target: 0 }] }
// http.get('http://127.0.0.1/commented')
export default function () {
  http.get(\`\${base}/pizza/\${id}\`)
  http.post(base + '/order', JSON.stringify({ size: 'L', token: 's3cret' }))
  http.get(pick(addresses))
}
`,
  },
  {
    name: 'access.log',
    text: Array.from({ length: 40 }, (_, at) =>
      at % 10 === 9
        ? `192.0.2.1 - - [10/Oct/2026:13:55:36 +0200] "POST /basket HTTP/1.1" 201 12 "-" "x"`
        : `192.0.2.${at} - - [10/Oct/2026:13:5${at % 4}:36 +0200] "GET /item/${at % 3}?session=s3cret HTTP/1.1" 200 2326 "-" "x"`,
    ).join('\n'),
  },
]
