import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

const files = (views: string) => ({
  'requirements.txt': 'django\ndjangorestframework\n',
  'yard/settings.py': `
INSTALLED_APPS = ["crew"]
AUTH_USER_MODEL = "crew.Sailor"
`,
  'crew/__init__.py': '',
  'crew/models.py': `
from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
class Sailor(AbstractBaseUser):
    handle = models.CharField(max_length=30, validators=[RegexValidator(r"^[a-z]+$", "Small letters.")])
    mail = models.EmailField()
    motto = models.TextField(blank=True)
    rank = models.IntegerField(validators=[MinValueValidator(1), MaxValueValidator(9)])
    knots = models.CharField(max_length=12, blank=True, default="")
`,
  'crew/serializers.py': `
from django.contrib.auth import get_user_model
from rest_framework import serializers
Sailor = get_user_model()
class SailorSerializer(serializers.ModelSerializer):
    secret = serializers.CharField(max_length=64)
    nick = serializers.CharField(allow_blank=True, required=False)
    class Meta:
        model = Sailor
        fields = ("handle", "mail", "motto", "rank", "knots", "secret", "nick")
        extra_kwargs = {"handle": {"min_length": 3}, "knots": {"max_length": 8}}
`,
  'crew/views.py': `
from rest_framework import generics
from rest_framework.response import Response
from crew.serializers import SailorSerializer

class Enveloped:
    envelope = None
    def opened(self):
        return self.request.data.get(self.envelope, {})

${views}
`,
  'crew/urls.py': `
from django.urls import path
from crew import views
urlpatterns = [path("sailors", views.LoginView.as_view())]
`,
})

test('a serializer takes what the model of callers says, with its validators and what more is said of a field [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles(
    files(`
class LoginView(Enveloped, generics.GenericAPIView):
    envelope = "sailor"
    serializer_class = SailorSerializer
    def post(self, request):
        serializer = self.get_serializer(data=self.opened())
        serializer.is_valid(raise_exception=True)
        return Response({}, status=201)
`),
  )
  const model = set.facts.find((fact) => fact.kind === 'model' && fact.name === 'SailorSerializer')
  expect(
    model?.kind === 'model'
      ? model.fields.map(
          ({ name, isRequired, constraints }) =>
            `${name}${isRequired ? '' : '?'} ${constraints.map(({ keyword, value }) => `${keyword} ${String(value)}`).join(', ')}`,
        )
      : [],
  ).toEqual([
    'secret maxLength 64, minLength 1',
    'nick? ',
    'handle maxLength 30, minLength 3, pattern ^[a-z]+$',
    'mail maxLength 254, format email',
    'motto? ',
    'rank minimum 1, maximum 9',
    'knots? maxLength 8',
  ])
  const bodies = set.facts.flatMap((fact) => (fact.kind === 'body' ? [fact.shape] : []))
  expect(bodies).toEqual([
    {
      type: 'object',
      fields: [
        {
          name: 'sailor',
          shape: { type: 'model', name: 'SailorSerializer' },
          isRequired: true,
          constraints: [],
        },
      ],
    },
  ])
  // A view of the program's own that is called as one of Django's answers what it has methods for.
  expect(set.facts.flatMap((fact) => (fact.kind === 'operation' ? [fact.method] : []))).toEqual(['POST'])
})

test('a model that is asked for by the names of its application and its own is that of the program [SPEC-PACKS-01]', async () => {
  const made = files(`
class SailorView(generics.CreateAPIView):
    serializer_class = SailorSerializer
`)
  const { set } = await extractFiles({
    ...made,
    'crew/serializers.py': made['crew/serializers.py']
      .replace('django.contrib.auth import get_user_model', 'django.apps import apps')
      .replace('get_user_model()', 'apps.get_model("crew", "Sailor")'),
    'crew/urls.py': made['crew/urls.py'].replace('LoginView', 'SailorView'),
  })
  const model = set.facts.find((fact) => fact.kind === 'model' && fact.name === 'SailorSerializer')
  expect(model?.kind === 'model' ? model.fields.map(({ name }) => name) : []).toContain('handle')
})

test('a part of the body that is checked in part may be left out [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles(
    files(`
class LoginView(Enveloped, generics.GenericAPIView):
    envelope = "sailor"
    serializer_class = SailorSerializer
    def put(self, request):
        serializer = self.get_serializer(self.get_object(), data=self.opened(), partial=True)
        serializer.is_valid(raise_exception=True)
        return Response({})
`),
  )
  const [body] = set.facts.flatMap((fact) => (fact.kind === 'body' ? [fact.shape] : []))
  const fields = body?.type === 'object' ? body.fields : []
  const [sailor] = fields
  expect(fields.map(({ name, isRequired }) => [name, isRequired])).toEqual([['sailor', false]])
  expect(
    sailor?.shape.type === 'object' ? sailor.shape.fields.filter(({ isRequired }) => isRequired) : null,
  ).toEqual([])
})

test('a field of a form that need not be filled is not required [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django\ndjangorestframework\n',
    'crew/urls.py': `
from django import forms
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView
class SearchForm(forms.Form):
    knots = forms.CharField(max_length=12)
    motto = forms.CharField(max_length=80, required=False)
class Search(APIView):
    def get(self, request):
        return Response({"form": SearchForm()})
urlpatterns = [path("search", Search.as_view())]
`,
  })
  expect(
    set.facts.flatMap((fact) =>
      fact.kind === 'model' ? fact.fields.map(({ name, isRequired }) => `${name} ${isRequired}`) : [],
    ),
  ).toEqual(['knots true', 'motto false'])
})
