import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const goMod = (needs: string) => `module example.com/kiln\n\ngo 1.24\n\nrequire ${needs}\n`

async function serviceOf(needs: string, imports: readonly string[], types: string, main: string) {
  const { set } = await extractFiles({
    'go.mod': goMod(needs),
    'main.go': `package main\n\nimport (\n${imports.map((one) => `\t"${one}"`).join('\n')}\n)\n\n${types}\n\nfunc main() {\n${main}\n}\n`,
  })
  const operations = new Map(
    factsOf(set.facts, 'operation').map((one) => [one.id, `${one.method} ${one.path}`]),
  )
  const of = (id: string) => operations.get(id) ?? ''
  return {
    operations: [...operations.values()].toSorted(),
    inputs: factsOf(set.facts, 'parameter')
      .map((one) => `${of(one.operation)}: ${one.in} ${one.name}`)
      .toSorted(),
    bodies: factsOf(set.facts, 'body')
      .map((one) => `${of(one.operation)}: ${one.mediaType}`)
      .toSorted(),
    answers: factsOf(set.facts, 'response')
      .map((one) => `${of(one.operation)}: ${one.status}`)
      .toSorted(),
    errors: factsOf(set.facts, 'error')
      .map(
        (one) =>
          `${of(one.operation)}: ${one.grade === 'open' ? 'open ' : ''}${one.status} ${one.condition
            .map((row) => row.map(({ subject, op }) => `${subject} ${op}`).join(' and '))
            .join(' or ')}`,
      )
      .toSorted(),
    guards: factsOf(set.facts, 'guard').map(
      (one) =>
        `${of(one.operation)}: ${one.guard} ${one.roles.join()} ${one.credentials.map((shown) => `${shown.in}.${shown.name}`).join()}`,
    ),
    parameters: factsOf(set.facts, 'parameter'),
    models: factsOf(set.facts, 'model'),
  }
}

test('a type assertion of Go that asks whether something is of a type says so [SPEC-EXTRACT-04]', async () => {
  const { errors } = await serviceOf(
    'github.com/gin-gonic/gin v1.10.0',
    ['net/http'],
    '',
    `	http.HandleFunc("GET /glazes", func(w http.ResponseWriter, r *http.Request) {
		flusher, ok := w.(http.Flusher)
		if !ok {
			http.Error(w, "no stream", 500)
			return
		}
		flusher.Flush()
	})
	http.HandleFunc("POST /pots", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1024); err != nil {
			if _, ok := err.(*http.MaxBytesError); ok {
				http.Error(w, "too large", 413)
				return
			}
			http.Error(w, "no form", 400)
			return
		}
		w.WriteHeader(204)
	})
	http.ListenAndServe(":80", nil)`,
  )
  expect(errors).toEqual([
    'GET /glazes: 500 w is net/http.Flusher false',
    'POST /pots: 400 r.ParseMultipartForm(1024) failed is net/http.MaxBytesError false and r.ParseMultipartForm(1024) failed present',
    'POST /pots: 413 r.ParseMultipartForm(1024) failed is net/http.MaxBytesError true and r.ParseMultipartForm(1024) failed present',
  ])
})

test('words of the validator of Go bound texts, numbers and lists by what they are [SPEC-EXTRACT-03]', async () => {
  const { models } = await serviceOf(
    'github.com/gin-gonic/gin v1.10.0',
    ['github.com/gin-gonic/gin'],
    `type Pot struct {
	Height int \`json:"height" binding:"len=7"\`
	Glazes []string \`json:"glazes" binding:"gte=1,lte=5,unique,dive,max=9"\`
	Kind string \`json:"kind" binding:"oneof='tea pot' cup"\`
	Size int \`json:"size" binding:"oneof=1 2"\`
	Code string \`json:"code" binding:"alphanum,len=4"\`
	Host string \`json:"host" binding:"ipv4|ipv6"\`
	Mark string \`json:"mark" binding:"startswith=k."\`
	Fired bool \`json:"fired" binding:"eq=true"\`
}`,
    `	r := gin.Default()
	r.POST("/pots", func(c *gin.Context) {
		var pot Pot
		if err := c.ShouldBindJSON(&pot); err != nil {
			c.JSON(400, gin.H{"error": "no pot"})
			return
		}
		c.JSON(200, pot)
	})
	r.Run(":80")`,
  )
  const bounds = Object.fromEntries(
    (models[0]?.fields ?? []).map(({ name, constraints }) => [
      name,
      constraints.map(({ keyword, value }) => `${keyword} ${JSON.stringify(value)}`).toSorted(),
    ]),
  )
  expect(bounds).toEqual({
    height: ['maximum 7', 'minimum 7'],
    glazes: ['maxItems 5', 'minItems 1', 'uniqueItems true'],
    kind: ['enum ["tea pot","cup"]'],
    size: ['enum [1,2]'],
    code: ['maxLength 4', 'minLength 4', 'pattern "^[a-zA-Z0-9]+$"'],
    host: [],
    mark: [String.raw`pattern "^k\\."`],
    fired: [],
  })
})

test('Gin answers, binds and asks who calls as documented [SPEC-EXTRACT-01]', async () => {
  const { answers, bodies, errors, guards, inputs } = await serviceOf(
    'github.com/gin-gonic/gin v1.10.0',
    ['github.com/gin-gonic/gin', 'mime/multipart'],
    `type Photo struct {
	Title string \`form:"title"\`
	Image *multipart.FileHeader \`form:"image"\`
}
type Pot struct {
	Name string \`json:"name" yaml:"name"\`
	Maker string \`header:"X-Maker"\`
}`,
    `	r := gin.Default()
	r.GET("/ascii", func(c *gin.Context) { c.AsciiJSON(202, gin.H{"a": 1}) })
	r.POST("/photos", func(c *gin.Context) {
		var photo Photo
		if c.ShouldBind(&photo) == nil {
			c.Status(201)
		}
	})
	r.POST("/pots", func(c *gin.Context) {
		var pot Pot
		if err := c.ShouldBindJSON(&pot); err != nil {
			c.Status(422)
			return
		}
		c.Status(201)
	})
	r.PUT("/pots", func(c *gin.Context) {
		var pot Pot
		if c.BindYAML(&pot) == nil {
			c.Status(204)
		}
	})
	r.POST("/many", func(c *gin.Context) {
		form, _ := c.MultipartForm()
		_ = form.File["pots"]
		c.Status(204)
	})
	secret := r.Group("/secret", gin.BasicAuth(gin.Accounts{"potter": "clay"}))
	secret.GET("/glaze", func(c *gin.Context) { c.String(200, "x") })
	r.Run(":80")`,
  )
  expect(answers).toContain('GET /ascii: 202')
  expect(answers).not.toContain('GET /ascii: 200')
  expect(bodies).toEqual([
    'POST /photos: multipart/form-data',
    'POST /pots: application/json',
    'PUT /pots: application/yaml',
  ])
  expect(inputs).toEqual(['POST /many: form pots'])
  expect(errors).toEqual([
    'GET /secret/glaze: 401 @caller false',
    'POST /pots: 422 body failed present',
    'PUT /pots: 400 body failed present',
  ])
  expect(guards).toEqual(['GET /secret/glaze: authentication  header.authorization'])
})

test('Echo binds queries only without a body, and its middleware refuses as documented [SPEC-EXTRACT-01]', async () => {
  const { answers, errors, guards, inputs } = await serviceOf(
    'github.com/labstack/echo/v4 v4.12.0',
    ['github.com/labstack/echo/v4', 'github.com/labstack/echo/v4/middleware'],
    `type Pot struct {
	ID string \`param:"id"\`
	Name string \`json:"name"\`
	Limit int \`query:"limit"\`
	Key string \`header:"X-Key"\`
}
func isKey(key string, c echo.Context) (bool, error) { return key == "clay", nil }`,
    `	e := echo.New()
	e.POST("/pots/:id", func(c echo.Context) error {
		var pot Pot
		if err := c.Bind(&pot); err != nil {
			return c.NoContent(422)
		}
		return c.XMLPretty(201, pot, " ")
	})
	e.DELETE("/pots/:id", func(c echo.Context) error {
		var pot Pot
		if err := c.Bind(&pot); err != nil {
			return echo.ErrConflict
		}
		return c.NoContent(204)
	})
	keyed := e.Group("/keyed", middleware.KeyAuthWithConfig(middleware.KeyAuthConfig{KeyLookup: "query:key", Validator: isKey}))
	keyed.GET("/pots", func(c echo.Context) error { return c.NoContent(204) })
	forms := e.Group("/forms", middleware.CSRF())
	forms.GET("/pots", func(c echo.Context) error { return c.NoContent(204) })
	forms.POST("/pots", func(c echo.Context) error { return c.NoContent(204) })
	e.Start(":80")`,
  )
  expect(answers).toContain('POST /pots/{id}: 201')
  expect(inputs).toEqual([
    'DELETE /pots/{id}: path id',
    'DELETE /pots/{id}: query limit',
    'POST /pots/{id}: path id',
  ])
  expect(errors).toEqual([
    'DELETE /pots/{id}: 409 body failed present',
    'GET /keyed/pots: 400 query.key absent',
    'GET /keyed/pots: 401 @caller false',
    'POST /forms/pots: 400 header.X-CSRF-Token absent',
    'POST /pots/{id}: 422 body failed present',
  ])
  expect(guards).toEqual(['GET /keyed/pots: authentication  query.key'])
})

test('Fiber has constraints of routes, options that answer, and redirections of version 3 [SPEC-EXTRACT-01]', async () => {
  const { answers, errors, operations, parameters } = await serviceOf(
    'github.com/gofiber/fiber/v3 v3.0.0',
    [
      'github.com/gofiber/fiber/v3',
      'github.com/gofiber/fiber/v3/middleware/basicauth',
      'github.com/gofiber/fiber/v3/middleware/limiter',
    ],
    'type Pot struct {\n\tName string `json:"name"`\n}',
    `	app := fiber.New()
	app.Get("/pots/:id<int;min(5)>/:name<minLen(3);maxLen(8)>/:code<regex([a-z]{4})>", func(c fiber.Ctx) error { return c.SendString("x") })
	app.Get("/rest/+", func(c fiber.Ctx) error { return c.SendString("x") })
	app.Get("/old", func(c fiber.Ctx) error { return c.Redirect().Status(301).To("/pots") })
	app.Get("/new", func(c fiber.Ctx) error { return c.Redirect().To("/pots") })
	app.Get("/tea", func(c fiber.Ctx) error { return fiber.ErrTeapot })
	app.Post("/pots", func(c fiber.Ctx) error {
		var pot Pot
		if err := c.Bind().Body(&pot); err != nil {
			return err
		}
		return c.Status(201).JSON(pot)
	})
	limited := app.Group("/limited", limiter.New(limiter.Config{LimitReached: func(c fiber.Ctx) error { return c.SendStatus(503) }}))
	limited.Get("/pots", func(c fiber.Ctx) error { return c.SendString("x") })
	closed := app.Group("/closed", basicauth.New(basicauth.Config{Unauthorized: func(c fiber.Ctx) error { return c.SendStatus(403) }}))
	closed.Get("/pots", func(c fiber.Ctx) error { return c.SendString("x") })
	app.Listen(":80")`,
  )
  expect(operations).toContain('GET /rest/{rest*}')
  expect(
    parameters
      .filter(({ in: place }) => place === 'path')
      .map(
        ({ name, shape, constraints }) =>
          `${name} ${shape.type} ${constraints.map((one) => String(one.value)).join()}`,
      ),
  ).toEqual(['id integer ', 'name string ^.{3,8}$', 'code string [a-z]{4}', 'rest string '])
  expect(answers).toEqual(expect.arrayContaining(['GET /old: 301', 'GET /new: 303']))
  expect(errors).toContain('GET /tea: 418 ')
  expect(errors.some((one) => one.startsWith('POST /pots: open 500'))).toBe(true)
  expect(errors).toEqual(
    expect.arrayContaining(['GET /closed/pots: 403 @caller false', 'GET /limited/pots: 503 @limit true']),
  )
  expect(errors.some((one) => /limited\/pots: 429|closed\/pots: 401/.test(one))).toBe(false)
})

test('chi routes by methods in patterns, and its middleware refuses as documented [SPEC-EXTRACT-01]', async () => {
  const { errors, guards, operations } = await serviceOf(
    'github.com/go-chi/chi/v5 v5.1.0',
    ['net/http', 'github.com/go-chi/chi/v5', 'github.com/go-chi/chi/v5/middleware'],
    'func done(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }',
    `	r := chi.NewRouter()
	r.HandleFunc("PUT /pots", done)
	r.HandleFunc("/any", done)
	r.With(middleware.BasicAuth("kiln", map[string]string{"a": "b"})).Get("/basic", done)
	r.With(middleware.AllowContentType("application/json")).Post("/typed", done)
	http.ListenAndServe(":80", r)`,
  )
  expect(operations).toEqual(['* /any', 'GET /basic', 'POST /typed', 'PUT /pots'])
  expect(guards).toEqual(['GET /basic: authentication  header.authorization'])
  expect(errors).toEqual([
    'GET /basic: 401 @caller false',
    'POST /typed: 415 body fits as of a media type that is taken false',
  ])
})

test('values of a form of Go are of the body where the request has one [SPEC-EXTRACT-02]', async () => {
  const read = `func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		_ = r.Form["glaze"]
		_ = r.Form.Get("clay")
		w.WriteHeader(204)
	}`
  const { inputs } = await serviceOf(
    'github.com/gin-gonic/gin v1.10.0',
    ['net/http'],
    '',
    `	http.HandleFunc("GET /pots", ${read})
	http.HandleFunc("POST /pots", ${read})
	http.ListenAndServe(":80", nil)`,
  )
  expect(inputs).toEqual([
    'GET /pots: query clay',
    'GET /pots: query glaze',
    'POST /pots: form clay',
    'POST /pots: form glaze',
  ])
})

test('Huma asks for what its tags say, and what is not left out has to be there [SPEC-EXTRACT-03]', async () => {
  const { models } = await serviceOf(
    'github.com/danielgtaylor/huma/v2 v2.20.0',
    [
      'context',
      'net/http',
      'github.com/danielgtaylor/huma/v2',
      'github.com/danielgtaylor/huma/v2/adapters/humago',
    ],
    `type Review struct {
	Author string \`json:"author" maxLength:"10"\`
	Rating int \`json:"rating" minimum:"1" enum:"1,2"\`
	Note string \`json:"note,omitempty" pattern:"^[a-z]+$"\`
	Tags []string \`json:"tags" required:"false" minItems:"1" uniqueItems:"true"\`
}
type Input struct {
	Body Review
}`,
    `	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("Kiln", "1"))
	huma.Post(api, "/reviews", func(ctx context.Context, in *Input) (*struct{}, error) { return nil, nil })
	http.ListenAndServe(":80", mux)`,
  )
  expect(
    models
      .flatMap(({ fields }) => fields)
      .map(
        ({ name, isRequired, constraints }) =>
          `${name} ${isRequired ? 'required' : ''} ${constraints.map((one) => `${one.keyword} ${JSON.stringify(one.value)}`).join(' ')}`,
      ),
  ).toEqual([
    'author required maxLength 10',
    'rating required enum [1,2] minimum 1',
    'note  pattern "^[a-z]+$"',
    'tags  minItems 1 uniqueItems true',
  ])
})

test('go-zero reads forms of the query, and its tags say what may be left out [SPEC-EXTRACT-03]', async () => {
  const { bodies, parameters } = await serviceOf(
    'github.com/zeromicro/go-zero v1.6.0',
    ['net/http', 'github.com/zeromicro/go-zero/rest', 'github.com/zeromicro/go-zero/rest/httpx'],
    `type Request struct {
	ID string \`path:"id"\`
	Page int \`form:"page,default=1,range=[1:100)"\`
	Kind string \`form:"kind,options=tea|cup"\`
	Maker string \`header:"x-maker,optional"\`
}
func handle(w http.ResponseWriter, r *http.Request) {
	var req Request
	if err := httpx.Parse(r, &req); err != nil {
		httpx.Error(w, err)
		return
	}
	httpx.Ok(w)
}`,
    `	server := rest.MustNewServer(rest.RestConf{})
	server.AddRoute(rest.Route{Method: "GET", Path: "/pots/:id", Handler: handle})
	server.Start()`,
  )
  expect(bodies).toEqual([])
  expect(
    parameters
      .map(
        (one) =>
          `${one.in} ${one.name} ${one.isRequired ? 'required' : ''} ${one.constraints.map(({ keyword, value }) => `${keyword} ${String(value)}`).join(' ')}`,
      )
      .toSorted(),
  ).toEqual([
    'header x-maker  ',
    'path id required ',
    'query kind required enum tea,cup',
    'query page  minimum 1 exclusiveMaximum 100',
  ])
})
