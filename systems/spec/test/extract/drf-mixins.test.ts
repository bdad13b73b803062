import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

async function answersOf(views: string, urls: string) {
  const { set } = await extractFiles({
    'requirements.txt': 'django\ndjangorestframework\n',
    'depot/urls.py': `
from django.urls import include, path
from rest_framework import routers
from depot import views

router = routers.SimpleRouter()
${urls}
`,
    'depot/models.py': `
from django.db import models
class Crate(models.Model):
    label = models.CharField(max_length=20)
`,
    'depot/views.py': `
from rest_framework import exceptions, generics, serializers, viewsets
from depot.models import Crate

class CrateSerializer(serializers.ModelSerializer):
    class Meta:
        model = Crate
        fields = ('label',)

class LotSerializer(serializers.Serializer):
    size = serializers.IntegerField()

${views}
`,
  })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, `${fact.method} ${fact.path}`]] : [],
    ),
  )
  return set.facts
    .flatMap((fact) =>
      (fact.kind === 'response' || fact.kind === 'error') && fact.grade !== 'open'
        ? [`${titles.get(fact.operation)} ${fact.status}`]
        : fact.kind === 'body' && fact.shape.type === 'model'
          ? [`${titles.get(fact.operation)} takes ${fact.shape.name}`]
          : [],
    )
    .toSorted()
}

test('a method of a view that hands on to the mixin that it extends answers as that does [SPEC-PACKS-01]', async () => {
  const found = await answersOf(
    `
class Owned(viewsets.ModelViewSet):
    queryset = Crate.objects.all()
    serializer_class = CrateSerializer
    def create(self, request, *args, **kwargs):
        if not isinstance(request.data, dict):
            raise exceptions.PermissionDenied('no')
        return super().create(request, *args, **kwargs)

class Crates(Owned):
    http_method_names = ['post', 'delete', 'patch']
    def create(self, request):
        return super().create(request)
    def destroy(self, request, pk):
        answer = super().destroy(request, pk)
        return answer

class Lots(generics.ListCreateAPIView):
    queryset = Crate.objects.all()
    def get_serializer_class(self):
        return LotSerializer
    def get(self, request):
        return self.list(request)
    def post(self, request):
        return super().post(request)
`,
    `
router.register('crates', views.Crates)
urlpatterns = [path('', include(router.urls)), path('lots/', views.Lots.as_view())]
`,
  )
  expect(found).toEqual([
    'DELETE /crates/{id}/ 204',
    'DELETE /crates/{id}/ 404',
    'GET /lots/ 200',
    'PATCH /crates/{id}/ 200',
    'PATCH /crates/{id}/ 400',
    'PATCH /crates/{id}/ 404',
    'POST /crates/ 201',
    'POST /crates/ 400',
    'POST /crates/ 403',
    'POST /crates/ takes CrateSerializer',
    'POST /lots/ 201',
    'POST /lots/ 400',
    'POST /lots/ takes LotSerializer',
  ])
})

test('the key of a thing is called as the path calls it: id where a router makes the path [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django==5.0\ndjangorestframework==3.15\n',
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n",
    'site/__init__.py': '',
    'site/settings.py': "ROOT_URLCONF = 'site.urls'\nINSTALLED_APPS = ['rest_framework']\n",
    'site/views.py': `from rest_framework import generics, viewsets
from .models import Buoy

class BuoyViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Buoy.objects.all()

class OneBuoy(generics.RetrieveAPIView):
    queryset = Buoy.objects.all()
`,
    'site/models.py':
      'from django.db import models\nclass Buoy(models.Model):\n    name = models.TextField()\n',
    'site/urls.py': `from django.urls import include, path
from rest_framework import routers
from .views import BuoyViewSet, OneBuoy
router = routers.DefaultRouter()
router.register('buoys', BuoyViewSet)
urlpatterns = [path('', include(router.urls)), path('one/<int:pk>', OneBuoy.as_view())]
`,
  })
  const paths = new Map(
    set.facts.flatMap((fact) => (fact.kind === 'operation' ? [[fact.id, fact.path] as const] : [])),
  )
  const asked = set.facts.flatMap((fact) =>
    fact.kind === 'error' && fact.status === 404
      ? [`${paths.get(fact.operation)} ${fact.condition.flat()[0]?.subject}`]
      : [],
  )
  expect(asked.toSorted()).toEqual([
    '/buoys/{id}/ Buoy with pk = path.id',
    '/one/{pk} Buoy with pk = path.pk',
  ])
})

test('a method that the permissions of a model have no rights for is none of its operations [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django==5.0\ndjangorestframework==3.15\n',
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n",
    'site/__init__.py': '',
    'site/settings.py':
      "ROOT_URLCONF = 'site.urls'\nREST_FRAMEWORK = {'DEFAULT_PERMISSION_CLASSES': ['site.rights.Rights']}\n",
    'site/rights.py': `from rest_framework.permissions import DjangoModelPermissions

class Rights(DjangoModelPermissions):
    perms_map = {'GET': [], 'HEAD': [], 'PATCH': ['%(app_label)s.change_%(model_name)s']}
`,
    'site/views.py': `from rest_framework import viewsets
from .models import Buoy

class BuoyViewSet(viewsets.ModelViewSet):
    queryset = Buoy.objects.all()
`,
    'site/models.py':
      'from django.db import models\nclass Buoy(models.Model):\n    name = models.TextField()\n',
    'site/urls.py': `from django.urls import include, path
from rest_framework import routers
from .views import BuoyViewSet
router = routers.DefaultRouter()
router.register('buoys', BuoyViewSet)
urlpatterns = [path('', include(router.urls))]
`,
  })
  expect(
    set.facts
      .flatMap((fact) => (fact.kind === 'operation' ? [`${fact.method} ${fact.path}`] : []))
      .toSorted(),
  ).toEqual(['GET /buoys/', 'GET /buoys/{id}/', 'PATCH /buoys/{id}/'])
})

test('what a serializer checks of a field is told of the field of the body, also where what it extends does, and of a thing that it finds by its own name [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django\ndjangorestframework\n',
    'depot/urls.py': `
from django.urls import path
from depot import views
urlpatterns = [path('crates/', views.Crates.as_view())]
`,
    'depot/models.py': `
from django.db import models
class Crate(models.Model):
    weight = models.IntegerField()
    owner = models.ForeignKey('auth.User', on_delete=models.CASCADE)
`,
    'depot/views.py': `
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView
from depot.models import Crate

class Weighed(serializers.ModelSerializer):
    def validate_weight(self, value):
        if value > 40:
            raise serializers.ValidationError('Too heavy.')
        return value

class CrateSerializer(Weighed):
    def validate_owner(self, owner):
        if not owner.is_active:
            raise serializers.ValidationError('Gone.')
        return owner
    def validate(self, attrs):
        if attrs['weight'] == 7:
            raise serializers.ValidationError('Not seven.')
        return attrs
    class Meta:
        model = Crate
        fields = ('weight', 'owner')

class Crates(APIView):
    def post(self, request):
        serializer = CrateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.data, status=201)
`,
  })
  const said = factsOf(set.facts, 'error').flatMap(({ message, condition }) =>
    message
      ? [
          [
            message,
            condition[0]
              ?.findLast(({ subject }) => subject !== '@earlier')
              ?.subject.replaceAll(/^‹|(?: within .*)?#\d+›$/g, ''),
          ],
        ]
      : [],
  )
  expect(new Map(said.map(([message = '', subject]) => [message, subject]))).toEqual(
    new Map([
      ['Gone.', 'owner.is_active'],
      ['Not seven.', 'attrs.weight'],
      ['Too heavy.', 'body.weight'],
    ]),
  )
})
