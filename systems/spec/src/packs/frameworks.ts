/** A framework that routes requests, and whether its routes are read. */
export interface Framework {
  name: string
  language: 'JavaScript' | 'Python' | 'Java' | 'Go' | 'Ruby' | 'PHP' | 'C#' | 'Rust' | 'Elixir'
  isRead: boolean
  /** Manifests that name it. */
  manifest?: { file: RegExp; text: RegExp }
  /** What code has that routes by it, where its package is as often there for something else. */
  code?: RegExp
}

const npm = /^package\.json$/
const python = /^(?:requirements.*\.txt|pyproject\.toml|setup\.py|Pipfile)$/
const java = /^(?:pom\.xml|build\.gradle(?:\.kts)?)$/
const go = /^go\.mod$/
const ruby = /^Gemfile$/
const php = /^composer\.json$/
const dotnet = /\.csproj$/
const rust = /^Cargo\.toml$/
const elixir = /^mix\.exs$/

/** Every framework that is known by name. One that is not read is named where it is found, never passed over. */
export const frameworks: readonly Framework[] = [
  { name: 'Express', language: 'JavaScript', isRead: true },
  { name: 'Fastify', language: 'JavaScript', isRead: true },
  { name: 'Hono', language: 'JavaScript', isRead: true },
  { name: 'Koa', language: 'JavaScript', isRead: true },
  { name: 'NestJS', language: 'JavaScript', isRead: true },
  { name: 'hapi', language: 'JavaScript', isRead: true },
  { name: 'Next.js', language: 'JavaScript', isRead: true },
  { name: 'Next.js API routes', language: 'JavaScript', isRead: true },
  { name: 'SvelteKit', language: 'JavaScript', isRead: true },
  { name: 'Nuxt', language: 'JavaScript', isRead: true },
  { name: 'Nitro', language: 'JavaScript', isRead: true },
  { name: 'Astro', language: 'JavaScript', isRead: true },
  { name: 'Elysia', language: 'JavaScript', isRead: true },
  { name: 'Restify', language: 'JavaScript', isRead: true },
  { name: 'Polka', language: 'JavaScript', isRead: true },
  { name: 'routing-controllers', language: 'JavaScript', isRead: true },
  { name: 'inversify-express-utils', language: 'JavaScript', isRead: true },
  { name: 'tsoa', language: 'JavaScript', isRead: true },
  { name: 'LoopBack', language: 'JavaScript', isRead: true },
  { name: 'AdonisJS', language: 'JavaScript', isRead: true },
  { name: 'FastAPI', language: 'Python', isRead: true },
  { name: 'Flask', language: 'Python', isRead: true },
  { name: 'Django', language: 'Python', isRead: true },
  { name: 'Django Ninja', language: 'Python', isRead: true },
  { name: 'Tornado', language: 'Python', isRead: true },
  { name: 'Quart', language: 'Python', isRead: true },
  { name: 'aiohttp', language: 'Python', isRead: true },
  { name: 'Starlette', language: 'Python', isRead: true },
  { name: 'Sanic', language: 'Python', isRead: true },
  { name: 'Falcon', language: 'Python', isRead: true },
  { name: 'Bottle', language: 'Python', isRead: true },
  { name: 'Spring', language: 'Java', isRead: true },
  { name: 'JAX-RS', language: 'Java', isRead: true },
  { name: 'Micronaut', language: 'Java', isRead: true },
  { name: 'Javalin', language: 'Java', isRead: true },
  { name: 'Servlet', language: 'Java', isRead: true },
  { name: 'Vert.x', language: 'Java', isRead: true },
  { name: 'Spark', language: 'Java', isRead: true },
  { name: 'Fluent HTTP', language: 'Java', isRead: true },
  { name: 'Gin', language: 'Go', isRead: true },
  { name: 'Echo', language: 'Go', isRead: true },
  { name: 'chi', language: 'Go', isRead: true },
  { name: 'Fiber', language: 'Go', isRead: true },
  { name: 'gorilla/mux', language: 'Go', isRead: true },
  { name: 'Huma', language: 'Go', isRead: true },
  { name: 'httprouter', language: 'Go', isRead: true },
  { name: 'Beego', language: 'Go', isRead: true },
  { name: 'go-restful', language: 'Go', isRead: true },
  { name: 'go-zero', language: 'Go', isRead: true },
  { name: 'Hertz', language: 'Go', isRead: true },
  { name: 'Iris', language: 'Go', isRead: true },
  { name: 'net/http', language: 'Go', isRead: true },
  { name: 'Sails', language: 'JavaScript', isRead: false, manifest: { file: npm, text: /"sails"/ } },
  { name: 'Remix', language: 'JavaScript', isRead: false, manifest: { file: npm, text: /"@remix-run\// } },
  { name: 'tRPC', language: 'JavaScript', isRead: false, manifest: { file: npm, text: /"@trpc\/server"/ } },
  {
    name: 'Apollo Server',
    language: 'JavaScript',
    isRead: false,
    manifest: { file: npm, text: /"(?:@apollo\/server|apollo-server)/ },
  },
  {
    name: 'FeathersJS',
    language: 'JavaScript',
    isRead: false,
    manifest: { file: npm, text: /"@feathersjs\// },
  },
  {
    name: 'Moleculer',
    language: 'JavaScript',
    isRead: false,
    manifest: { file: npm, text: /"moleculer-web"/ },
  },
  { name: 'ts-rest', language: 'JavaScript', isRead: false, manifest: { file: npm, text: /"@ts-rest\// } },
  { name: 'Encore', language: 'JavaScript', isRead: false, manifest: { file: npm, text: /"encore\.dev"/ } },
  {
    name: 'Strapi',
    language: 'JavaScript',
    isRead: false,
    manifest: { file: npm, text: /"@strapi\/strapi"/ },
  },
  {
    name: 'Pyramid',
    language: 'Python',
    isRead: false,
    manifest: { file: python, text: /^\s*['"]?pyramid\b/m },
  },
  {
    name: 'Litestar',
    language: 'Python',
    isRead: false,
    manifest: { file: python, text: /^\s*['"]?litestar\b/m },
  },
  {
    name: 'Flask-REST-JSONAPI',
    language: 'Python',
    isRead: false,
    manifest: { file: python, text: /^\s*['"]?flask-(?:rest|combo)-?jsonapi\b/im },
  },
  {
    name: 'Twisted',
    language: 'Python',
    isRead: false,
    manifest: { file: python, text: /^\s*['"]?(?:twisted|klein)\b/im },
    code: /^\s*(?:from|import) (?:twisted\.web|klein)\b/m,
  },
  {
    name: 'BlackSheep',
    language: 'Python',
    isRead: false,
    manifest: { file: python, text: /^\s*['"]?blacksheep\b/im },
  },
  {
    name: 'CherryPy',
    language: 'Python',
    isRead: false,
    manifest: { file: python, text: /^\s*['"]?cherrypy\b/im },
  },
  {
    name: 'Pecan',
    language: 'Python',
    isRead: false,
    manifest: { file: python, text: /^\s*['"]?pecan\b/im },
  },
  {
    name: 'Robyn',
    language: 'Python',
    isRead: false,
    manifest: { file: python, text: /^\s*['"]?robyn\b/im },
  },
  {
    name: 'Armeria',
    language: 'Java',
    isRead: false,
    manifest: { file: java, text: /\barmeria\b/ },
    code: /\.(?:annotatedService|serviceUnder|service)\(/,
  },
  {
    name: 'Helidon SE',
    language: 'Java',
    isRead: false,
    manifest: { file: java, text: /\bhelidon-webserver\b/ },
    code: /\bio\.helidon\.webserver\b/,
  },
  { name: 'Jooby', language: 'Java', isRead: false, manifest: { file: java, text: /(?:io|org)\.jooby/ } },
  { name: 'Play', language: 'Java', isRead: false, manifest: { file: java, text: /com\.typesafe\.play/ } },
  { name: 'Struts', language: 'Java', isRead: false, manifest: { file: java, text: /struts2-core/ } },
  { name: 'Ktor', language: 'Java', isRead: false, manifest: { file: java, text: /io\.ktor/ } },
  { name: 'Ratpack', language: 'Java', isRead: false, manifest: { file: java, text: /ratpack/ } },
  { name: 'Buffalo', language: 'Go', isRead: false, manifest: { file: go, text: /gobuffalo\/buffalo/ } },
  { name: 'Revel', language: 'Go', isRead: false, manifest: { file: go, text: /revel\/revel/ } },
  {
    name: 'Goa',
    language: 'Go',
    isRead: false,
    manifest: { file: go, text: /^(?!.*\/\/ indirect).*goa\.design\/goa/m },
  },
  {
    name: 'Kratos',
    language: 'Go',
    isRead: false,
    manifest: { file: go, text: /^(?!.*\/\/ indirect).*go-kratos\/kratos\/v\d/m },
  },
  {
    name: 'grpc-gateway',
    language: 'Go',
    isRead: false,
    manifest: { file: go, text: /^(?!.*\/\/ indirect).*grpc-gateway\/v\d/m },
  },
  {
    name: 'Connect',
    language: 'Go',
    isRead: false,
    manifest: { file: go, text: /^(?!.*\/\/ indirect).*connectrpc\.com\/connect/m },
  },
  {
    name: 'GoFrame',
    language: 'Go',
    isRead: false,
    manifest: { file: go, text: /^(?!.*\/\/ indirect).*gogf\/gf/m },
  },
  {
    name: 'fasthttp/router',
    language: 'Go',
    isRead: false,
    manifest: { file: go, text: /^(?!.*\/\/ indirect).*fasthttp\/router/m },
  },
  {
    name: 'PocketBase',
    language: 'Go',
    isRead: false,
    manifest: { file: go, text: /^(?!.*\/\/ indirect).*pocketbase\/pocketbase/m },
  },
  { name: 'Rails', language: 'Ruby', isRead: false, manifest: { file: ruby, text: /['"]rails['"]/ } },
  { name: 'Sinatra', language: 'Ruby', isRead: false, manifest: { file: ruby, text: /['"]sinatra['"]/ } },
  { name: 'Grape', language: 'Ruby', isRead: false, manifest: { file: ruby, text: /['"]grape['"]/ } },
  { name: 'Laravel', language: 'PHP', isRead: false, manifest: { file: php, text: /"laravel\/framework"/ } },
  {
    name: 'Symfony',
    language: 'PHP',
    isRead: false,
    manifest: { file: php, text: /"symfony\/(?:framework-bundle|symfony)"/ },
  },
  { name: 'Slim', language: 'PHP', isRead: false, manifest: { file: php, text: /"slim\/slim"/ } },
  {
    name: 'ASP.NET Core',
    language: 'C#',
    isRead: false,
    manifest: { file: dotnet, text: /Microsoft\.NET\.Sdk\.Web/ },
  },
  { name: 'Actix Web', language: 'Rust', isRead: false, manifest: { file: rust, text: /^actix-web/m } },
  { name: 'Axum', language: 'Rust', isRead: false, manifest: { file: rust, text: /^axum/m } },
  { name: 'Rocket', language: 'Rust', isRead: false, manifest: { file: rust, text: /^rocket/m } },
  { name: 'warp', language: 'Rust', isRead: false, manifest: { file: rust, text: /^warp/m } },
  { name: 'Phoenix', language: 'Elixir', isRead: false, manifest: { file: elixir, text: /:phoenix,/ } },
]
