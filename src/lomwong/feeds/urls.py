from django.urls import path

from lomwong.feeds.views import addresses, outside, reading

app_name = "feeds"
urlpatterns = [
    path("feeds/addresses/", addresses.feed_keys, name="feed_keys"),
    path("feeds/addresses/new/", addresses.feed_key_new, name="feed_key_new"),
    path("feeds/addresses/<int:pk>/revoke/", addresses.feed_key_revoke, name="feed_key_revoke"),
    path("feeds/private/<str:code>/<slug:form>/", reading.private_feed, name="private_feed"),
    path("feeds/private/<str:code>/<slug:form>/<slug:kind>/", reading.private_feed, name="private_feed"),
    path("feeds/private/<str:code>/<slug:form>/<slug:kind>/<path:key>/", reading.private_feed, name="private_feed"),
    path("feeds/<slug:form>/", reading.feed, name="feed"),
    path("feeds/<slug:form>/<slug:kind>/<path:key>/", reading.feed, name="feed"),
    path("oembed/", outside.oembed, name="oembed"),
    path("sitemap.xml", outside.sitemap, name="sitemap"),
    path("sitemap/<slug:part>.xml", outside.sitemap_part, name="sitemap_part"),
    path("robots.txt", outside.robots, name="robots"),
]
