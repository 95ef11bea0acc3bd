"""The figures of Omvärld: the own region's places, one key figure among all regions, the country, another region's plan."""
