"""The wire: what a ping task is, the origin that plays its sites, and the referee between both."""
