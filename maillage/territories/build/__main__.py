from maillage.territories.build.editions import build_editions
from maillage.territories.build.outlines import build_outlines

if __name__ == "__main__":
    build_editions()
    build_outlines()
